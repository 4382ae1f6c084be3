from vivaio.people.urls import account, organisations

app_name = "people"

urlpatterns = [*account.urlpatterns, *organisations.urlpatterns]
