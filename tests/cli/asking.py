"""Asks for the sign-in page within this process; prints its status, when to ask again, and the page."""

import os

import django


def main() -> None:
    """Ask, and print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from django.test import Client

    answer = Client(raise_request_exception=False).get("/logga-in/", headers={"host": "localhost"})
    print(answer.status_code)
    print(answer.headers.get("Retry-After", "-"))
    print(answer.content.decode())


if __name__ == "__main__":
    main()
