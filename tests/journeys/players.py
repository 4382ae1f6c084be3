"""The people of a journey: each has a browser of their own, a mailbox, and a language."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.watch import WIDE, Watch
from vivaio.blueprints.demo.people import PASSWORD


@dataclass
class Stage:
    """Where a journey is played."""

    url: str
    browser: Browser
    worker: Callable[[], None]
    mailbox: list[Any]
    at: Callable[[Any], None]
    watch: Watch
    patience: int
    contexts: list[BrowserContext] = field(default_factory=list)

    def enter(self, email: str = "", name: str = "", language: str = "en") -> "Player":
        """Somebody new, in a browser of their own."""
        locale = {"en": "en-GB", "it": "it-IT"}[language]
        context = self.browser.new_context(
            base_url=self.url, locale=locale, viewport=WIDE, accept_downloads=True
        )
        context.set_default_timeout(self.patience)
        self.watch.over(context)
        self.contexts.append(context)
        return Player(self, context, email, name, language)

    def letters_to(self, email: str) -> list[Any]:
        """What has left for this address, after the worker has sent what waits."""
        self.worker()
        return [letter for letter in self.mailbox if email in str(letter.to)]

    def told(self) -> str:
        """What every open page says, the newest last."""
        pages = [page for context in self.contexts for page in context.pages]
        said = [f"{page.url}\n{page.evaluate('document.body.innerText')[:1500]}" for page in pages[-2:]]
        return "\n----\n".join([*self.watch.problems, *said])

    def close(self) -> None:
        """Everybody goes home."""
        for context in self.contexts:
            context.close()


class Player:
    """One person at their browser. Words that they look for are the product's own, in their language."""

    def __init__(self, stage: Stage, context: BrowserContext, email: str, name: str, language: str):
        self.stage, self.context = stage, context
        self.email, self.name, self.language = email, name, language
        self.page: Page = context.new_page()

    def say(self, words: str) -> str:
        """The product's words as the pages say them in this person's language."""
        with translation.override(self.language):
            said = gettext(words)
            if said == words:  # a model's field begins its name small
                said = gettext(words[:1].lower() + words[1:])
            return said[:1].upper() + said[1:] if words[:1].isupper() else said

    def named(self, choice: Any) -> str:
        """A state or another choice, as the pages call it in this person's language."""
        with translation.override(self.language):
            return str(choice.label)

    def open(self, path: str) -> Page:
        """Go to an address of the site; a path gets the language in front."""
        self.page.goto(path if path.startswith("http") else f"/{self.language}{path}")
        return self.look()

    def look(self) -> Page:
        """Let the page be judged as it stands."""
        self.stage.watch.look(self.page)
        return self.page

    def button(self, words: str) -> Locator:
        """A button by what it says, as far as this goes."""
        return self.page.locator("main").get_by_role("button", name=self.say(words))

    def link(self, words: str) -> Locator:
        """A link by what it says, as far as this goes."""
        return self.page.locator("main").get_by_role("link", name=self.say(words))

    def press(self, words: str, within: Locator | None = None) -> Page:
        """Press a button that leads to another page, and look at that."""
        return self.leave_by(
            (within or self.page.locator("main")).get_by_role("button", name=self.say(words))
        )

    def follow(self, words: str, within: Locator | None = None) -> Page:
        """Follow a link, and look at where it leads."""
        return self.leave_by((within or self.page.locator("main")).get_by_role("link", name=self.say(words)))

    def leave_by(self, control: Locator) -> Page:
        """Click what leads to another page, and look at that."""
        expect(control.first).to_be_visible()
        with self.page.expect_navigation():
            control.first.click()
        return self.look()

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """A field by its label: the first of that name, or of that name in a part of the page."""
        named = (within or self.page.locator("main")).get_by_label(self.say(label))
        return named.and_(self.page.locator("input, select, textarea")).first

    def part(self, heading: str) -> Locator:
        """A part of the page by its heading."""
        return self.page.get_by_role("region", name=self.say(heading))

    def fill(self, values: dict[str, str]) -> None:
        """Type into fields, found by their labels."""
        for label, value in values.items():
            self.field(label).fill(value)

    def tick(self, label: str, *, exact: bool = True) -> None:
        """Choose a box by what stands beside it."""
        box = self.page.locator("main").get_by_label(self.say(label), exact=exact)
        self.page.locator(f"label[for='{box.get_attribute('id')}']").click()
        expect(box).to_be_checked()

    def told(self, words: str) -> None:
        """The page says this to the person."""
        expect(self.page.locator("main")).to_contain_text(self.say(words))

    def letter(self, about: str) -> Any:
        """The one letter to this person whose subject or text has these words."""
        found = [
            letter
            for letter in self.stage.letters_to(self.email)
            if about in letter.subject or about in letter.body
        ]
        assert len(found) == 1, [letter.subject for letter in self.stage.letters_to(self.email)]
        return found[0]

    def link_in(self, about: str, part: str) -> str:
        """The address in a letter that contains `part`."""
        body = self.letter(about).body
        return next(address for address in re.findall(r"https?://[^\s>)]+", body) if part in address)

    def sign_in(self) -> None:
        """Sign in with the address and the password."""
        self.open("/account/login/")
        self.page.locator("[name=login]").fill(self.email)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.press("Sign in")

    def sign_up(self) -> None:
        """Create an account on the page that is open, and confirm the address from the letter."""
        given, family = self.name.split(" ", 1)
        self.fill({"First name": given, "Last name": family})
        for name, value in {"email": self.email, "password1": PASSWORD, "password2": PASSWORD}.items():
            self.page.locator(f"[name={name}]").fill(value)
        self.press("Create the account")
        self.told("We have sent you a letter: open the link in it and the account is ready.")
        self.open(self.link_in("/confirm-email/", "/confirm-email/"))
        self.press("Yes, confirm the address")
