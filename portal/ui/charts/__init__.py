"""Pictures drawn on the server: pure geometry here, SVG in ``templates/components/chart_*.html``."""

from portal.ui.charts.bars import (
    NOT_COUNTED,
    Part,
    share_of_width,
    value_against_default_chart,
)

__all__ = ["NOT_COUNTED", "Part", "share_of_width", "value_against_default_chart"]
