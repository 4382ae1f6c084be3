from django.shortcuts import render


def home(request):
    """What awaits the person who is signed in."""
    return render(request, "desk/home.html")
