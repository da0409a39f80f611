"""All letters of the demo, in the order in which they were sent."""

from datetime import date

from runtime.demo.shapes import DemoLetter
from runtime.demo.stories.energy import energy_story
from runtime.demo.stories.health import health_story
from runtime.demo.stories.okafor import okafor_story
from runtime.demo.stories.public import public_story
from runtime.demo.stories.rent import rent_story
from runtime.demo.stories.shop import shop_story
from runtime.demo.stories.traffic import traffic_story

_STORIES = (
    rent_story,
    energy_story,
    health_story,
    traffic_story,
    public_story,
    shop_story,
    okafor_story,
)


def letters_before(today: date) -> list[DemoLetter]:
    """Return some ten months of letters, the oldest first, the newest two weeks before `today`."""
    letters = [letter for story in _STORIES for letter in story(today)]
    return sorted(letters, key=lambda letter: (letter.sent_on, letter.message_id))
