from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def welcome(request):
    """The public front door: the programmes of this installation."""
    return render(request, "desk/welcome.html")


def home(request):
    """What awaits the person who is signed in."""
    return render(request, "desk/home.html")
