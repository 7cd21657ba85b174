"""Addresses where an organisation is asked for its side; they say nothing of what it is about."""

from django.urls import path

from grievances.views import replies

app_name = "replies"
urlpatterns = [
    path("", replies.Replies.as_view(), name="replies"),
    path("<str:ref>/", replies.reply, name="reply"),
]
