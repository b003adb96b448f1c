import pytest
from django.template import Context, Template
from django.test import RequestFactory

from portal.ui.states import SHAPES, shape_of
from verification.certificates.enums import CertificateStatus
from verification.checks.model import Finding, Severity
from verification.claims.enums import ClaimState, EngagementState
from verification.evidence.enums import FileState
from verification.jobs.models import JobState

pytestmark = pytest.mark.unit


def rendered(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize("states", [ClaimState, EngagementState, CertificateStatus, FileState, JobState, Severity])
def test_every_state_of_the_domain_has_a_shape(states):
    assert [state for state in states if str(state) not in SHAPES] == []


def test_unknown_state_is_an_error():
    with pytest.raises(KeyError):
        shape_of("somewhere else")


def test_status_badge_shows_the_label_and_the_shape():
    html = rendered("{% status_badge state %}", state=ClaimState.IN_REVIEW)
    assert html.strip() == '<span class="status status-half">In review</span>'


def test_table_box_names_its_table():
    html = rendered('{% table_box "Claims" %}<table></table>{% endtable_box %}')
    assert 'aria-label="Table: Claims"' in html
    assert 'tabindex="0"' in html
    assert "<table></table>" in html


def test_table_box_escapes_its_label():
    assert "<b>" not in rendered("{% table_box label %}x{% endtable_box %}", label="<b>")


def test_breadcrumbs_link_all_but_this_page():
    html = rendered('{% breadcrumbs "Home" "/home/" "Claim 1" %}')
    assert '<a href="/home/">Home</a>' in html
    assert 'aria-current="page">Claim 1' in html


def test_keep_query_changes_only_what_is_named():
    request = RequestFactory().get("/", {"state": "open", "cursor": "abc"})
    assert rendered("{% keep_query cursor='' %}", request=request) == "?state=open"
    assert rendered("{% keep_query cursor='x' %}", request=request) == "?state=open&amp;cursor=x"


def test_finding_shows_place_found_expected_and_mend():
    finding = Finding("SUM-004", "block", "Not the sum", "Text", "Correct it", "Annex III", "Good 1", "876", "867")
    html = rendered(
        '{% include "components/finding.html" with finding=finding word="Stops sending" %}', finding=finding
    )
    for piece in ("SUM-004", "Stops sending", "Not the sum", "Good 1", "876", "867", "Correct it", "Annex III"):
        assert piece in html


def test_url_if_exists_is_empty_for_a_page_that_is_not_there():
    assert rendered('{% url_if_exists "nowhere:at_all" %}') == ""
    assert rendered('{% url_if_exists "public:landing" %}') == "/"
