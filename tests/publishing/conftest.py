import pytest

from tests.factories.programmes import ProgrammeFactory, holder


@pytest.fixture(autouse=True)
def stored(settings, tmp_path):
    """Files go to a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="miracolo", title="Miracolo a Milano", languages=["it", "en"])


@pytest.fixture
def manager(programme):
    return holder(programme, "manager")


@pytest.fixture
def staff(client, manager):
    client.force_login(manager)
    return client
