"""The addresses around log-in."""

from django.urls import path

from knooppunt.people.views import account, tryout

app_name = "people"
urlpatterns = [
    path("proberen/", tryout.demo_accounts, name="demo_accounts"),
    path("proberen/<int:pk>/", tryout.try_as, name="try_as"),
    path("tweede-sleutel/", account.second_factor, name="second_factor"),
    path("mijn-account/", account.account, name="account"),
    path("mijn-account/adres/", account.change_address, name="change_address"),
    path("mijn-account/adres/code/", account.confirm_address, name="confirm_address"),
    path("postvak/", tryout.mailbox, name="mailbox"),
]
