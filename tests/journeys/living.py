"""What a team does between a meeting and the next: its plan, its diary, the page that everybody reads."""

import datetime as dt

from playwright.sync_api import expect

from tests.factories.publishing import jpeg
from tests.journeys.growing import PROGRAMME
from tests.journeys.players import Player, Stage
from vivaio.initiatives.models import DiaryEntry, Initiative, Milestone
from vivaio.initiatives.states import DiaryState, MilestoneState
from vivaio.kit import clock

HAPPENED = "La prima portineria ha aperto: in due settimane sono passati trenta vicini."
LEAD = "Una portineria che non sta ferma: gira fra tre cortili e tiene insieme chi ci abita."


def a_milestone_is_reached(leader: Player, initiative: Initiative) -> None:
    """Named with a day and with what will show it; begun, reached, and told in the plan with what showed it."""
    leader.open(f"/initiatives/{initiative.pk}/plan/")
    leader.follow("Add a milestone")
    leader.fill(
        {"Milestone": "Tre cortili hanno firmato", "What shows that it is reached": "Tre patti firmati"}
    )
    leader.field("Due on").fill(f"{clock.today() + dt.timedelta(days=30):%Y-%m-%d}")
    leader.field("Who answers for it").select_option(label=leader.name)
    leader.leave_by(leader.page.locator("main form button[type=submit]").last)
    milestone = Milestone.objects.get(initiative=initiative)
    leader.open(f"/initiatives/milestones/{milestone.pk}/")
    leader.press("The work begins")
    leader.open(f"/initiatives/milestones/{milestone.pk}/")
    leader.follow("It is reached")
    leader.field("Reached on").fill(f"{clock.today():%Y-%m-%d}")
    leader.fill({"What shows it": "I tre patti sono in cartella"})
    leader.leave_by(leader.page.locator("main form button[type=submit]").last)
    leader.open(f"/initiatives/{initiative.pk}/plan/")
    line = leader.page.get_by_role("row").filter(has_text="Tre cortili hanno firmato")
    expect(line).to_contain_text(leader.named(MilestoneState.REACHED))


def a_day_is_told(leader: Player, clara: Player, initiative: Initiative) -> None:
    """Three lines and a photo for everybody: first the programme reads whether anybody can be recognised."""
    leader.open(f"/initiatives/{initiative.pk}/diary/")
    leader.press("Write in the diary")
    writing = leader.page.url
    leader.fill({"Title": "Il primo cortile", "What happened": HAPPENED})
    leader.tick("Everybody")
    leader.follow("Add a photo")
    leader.field("Photo").set_input_files(
        {"name": "cortile.jpg", "mimeType": "image/jpeg", "buffer": jpeg((1200, 800))}
    )
    leader.fill({"What the photo shows": "Un banco di legno sotto un portico, senza persone"})
    leader.press("Add the photo")
    expect(leader.page).to_have_url(writing)
    expect(leader.field("What happened")).to_have_value(HAPPENED)  # kept while the photo was chosen
    leader.press("Put it in the diary")
    leader.told("I declare that nobody who benefits from the initiative can be recognised")
    leader.tick("I declare that nobody who benefits from the initiative can be recognised")
    leader.press("Put it in the diary")
    leader.told(leader.named(DiaryState.WAITING))
    entry = DiaryEntry.objects.get(initiative=initiative)
    clara.open(f"{PROGRAMME}initiatives/diaries/")
    clara.open(f"/initiatives/diary/{entry.pk}/")
    clara.press("Let it through")


def everybody_reads_its_page(stage: Stage, leader: Player, clara: Player, initiative: Initiative) -> None:
    """Written by the team, approved by the programme: on line with the diary's entry and its photo, not before."""
    story = f"/initiatives/{initiative.pk}/story/"
    leader.open(story)
    leader.page.locator("[name=lead_it]").fill(LEAD)
    leader.page.locator("[name=text_it]").fill("Siamo partiti da un cortile.\n\nOra sono **tre**.")
    leader.press("Save the page")
    leader.tick("Nobody whom the initiative helps can be recognised, in words or in the picture.")
    leader.press("Ask for approval")
    anyone = stage.enter(language="it")
    anyone.open(f"{PROGRAMME}stories/")
    expect(anyone.page.locator("main")).not_to_contain_text(initiative.title)
    clara.open(story)
    clara.press("Put it on line")
    anyone.open(f"{PROGRAMME}stories/")
    anyone.follow(initiative.title)
    anyone.told(LEAD)
    anyone.told(HAPPENED)
    photo = anyone.page.get_by_role("img", name="Un banco di legno sotto un portico, senza persone")
    photo.scroll_into_view_if_needed()
    anyone.page.wait_for_function("photo => photo.naturalWidth > 0", arg=photo.element_handle())
