"""Goods by customs code, their composition, and the carbon price due on them."""

from verification.accounting.entry.schema import Field, Kind, Section, Shape, _, link, number, text

GOODS = Section(
    key="goods",
    title=_("Goods by customs code"),
    row_title=_("Good"),
    shape=Shape.LIST,
    collection="products",
    makes="Product",
    prefix="N",
    intro=_("The goods as they are exported. Codes that differ only in size or shape share one process."),
    reference="IR (EU) 2025/2547, Annex IV, 1.1, items 15 and 31",
    fields=(
        link("process", _("Made by"), "processes", is_required=True),
        text("cn", _("CN code"), is_required=True, longest=10, example="72083900"),
        text("name", _("Name on the invoice"), longest=300),
        text("variant", _("Variant"), longest=40, hint=_("For example grey or white clinker.")),
        number(
            "quantity",
            _("Quantity made for the market"),
            "category unit",
            "thousand units",
            hint=_("The verified quantity: that much may be imported at the verified value."),
        ),
        text("reducing_agent", _("Main reducing agent of the precursor")),
        text("steel_mill_id", _("Steel mill identification number"), longest=60),
        text("calcined", _("Calcined or not"), longest=40),
        text("price_instrument", _("Carbon price: instrument"), path="carbon_price.instrument"),
        number(
            "price_share_covered",
            _("Carbon price: share of emissions covered"),
            "share of 1",
            "%",
            path="carbon_price.share_covered",
            most="1",
        ),
        text("price_currency", _("Carbon price: currency"), path="carbon_price.currency", longest=3, example="INR"),
        number("price_due", _("Carbon price due per unit of the good"), path="carbon_price.due_per_unit"),
        text("rebate_kind", _("Rebate: kind"), path="carbon_price.rebate_kind"),
        number(
            "rebate_share",
            _("Rebate: share of emissions"),
            "share of 1",
            "%",
            path="carbon_price.rebate_share",
            most="1",
        ),
        number("rebate_per_unit", _("Rebate per unit of the good"), path="carbon_price.rebate_per_unit"),
    ),
)

COMPOSITION = Section(
    key="composition",
    title=_("Composition"),
    row_title=_("Parameter"),
    shape=Shape.CROSS,
    collection="parameters",
    makes="parameter",
    parent="good",
    across="parameter",
    intro=_("What the goods category demands, such as clinker content, nitrogen content or alloys."),
    reference="IR (EU) 2025/2547, Annex IV, 1.1, item 35",
    fields=(
        link("good", _("Good"), "goods", is_required=True),
        Field("parameter", _("Parameter"), Kind.PARAMETER, is_required=True),
        number("value", _("Value"), "share of 1", "%", most="100", is_required=True),
    ),
)
