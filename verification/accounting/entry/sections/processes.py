"""Processes, what they make, and what they pass on to each other."""

from verification.accounting.entry.schema import Field, Kind, Section, Shape, _, link, number, text

PROCESSES = Section(
    key="processes",
    title=_("Production processes and routes"),
    row_title=_("Production process"),
    shape=Shape.LIST,
    collection="processes",
    makes="Process",
    prefix="P",
    intro=_("A process makes goods of one category. Several routes to one good are one process."),
    reference="IR (EU) 2025/2547, Article 4 and Annex II, A.4",
    fields=(
        text("name", _("Name"), is_required=True, example="Electric arc furnace and caster"),
        Field("category", _("Aggregated goods category"), Kind.CATEGORY, is_required=True),
        Field(
            "included_categories",
            _("Other categories inside the same process"),
            Kind.CATEGORIES,
            hint=_("If the process includes precursors that it makes itself and uses up."),
        ),
        number(
            "direct_emissions",
            _("Direct emissions of the process"),
            "t CO2e",
            "kt CO2e",
            path="direct_emissions_tco2e",
            least="",
            hint=_("Leave empty to have them calculated from the fuels and materials that you attribute to it."),
        ),
        Field("attribution_note", _("How emissions were attributed to it"), Kind.LONG_TEXT, longest=2000),
    ),
)

PRODUCTION = Section(
    key="production",
    title=_("Production"),
    row_title=_("Production of the process"),
    shape=Shape.EXTENSION,
    extends="processes",
    collection="processes",
    makes="Process",
    intro=_(
        "Only goods that meet the specification. Scrap and off-specification goods are stated apart and "
        "carry no emissions."
    ),
    reference="IR (EU) 2025/2547, Annex II, C",
    fields=(
        number(
            "produced_for_market",
            _("Made for the market"),
            "category unit",
            "thousand units",
            path="produced_for_market",
        ),
        number(
            "consumed_for_other_goods", _("Used here for goods outside the scheme"), "category unit", "thousand units"
        ),
        number("scrap_and_off_specification", _("Scrap and off-specification"), "category unit", "thousand units"),
        number(
            "product_molar_mass",
            _("Molar mass of the product, g/mol"),
            path="product_molar_mass_g_per_mol",
            above="0",
            hint=_("Only where the process makes other chemicals besides; see co-products."),
        ),
    ),
)

CO_PRODUCTS = Section(
    key="co_products",
    title=_("Co-products"),
    row_title=_("Co-product"),
    shape=Shape.LIST,
    collection="co_products",
    makes="CoProduct",
    prefix="K",
    parent="process",
    intro=_(
        "Only for chemicals: other substances from the same process, such as chlorine beside hydrogen. Emissions are "
        "divided by moles, or by mass where a molar mass is missing."
    ),
    reference="IR (EU) 2025/2547, Annex III, A.2.1, equation 43",
    fields=(
        link("process", _("Process"), "processes", is_required=True),
        text("name", _("Substance"), is_required=True, example="Chlorine"),
        number("amount", _("Amount made in the period"), "t", "kt", path="amount_t", is_required=True, is_yearly=True),
        number("molar_mass", _("Molar mass, g/mol"), path="molar_mass_g_per_mol", above="0", example="70.906"),
    ),
)

ROUTE_PRODUCTION = Section(
    key="route_production",
    title=_("Production by route"),
    row_title=_("Amount by route"),
    shape=Shape.CROSS,
    collection="production",
    makes="RouteAmount",
    parent="process",
    across="route",
    reference="IR (EU) 2025/2547, Annex IV, 1.1, items 13 and 34",
    fields=(
        link("process", _("Process"), "processes", is_required=True),
        Field("route", _("Production route"), Kind.ROUTE, is_required=True),
        number("amount", _("Amount made in the period"), "category unit", "thousand units", is_required=True),
    ),
)

INTERNAL_USE = Section(
    key="internal_use",
    title=_("Used in other processes"),
    row_title=_("Use in another process"),
    shape=Shape.CROSS,
    collection="consumed_in",
    makes="Consumption",
    parent="supplier",
    across="process",
    reference="IR (EU) 2025/2547, Annex III, B, equation 61",
    fields=(
        link("supplier", _("Made by"), "processes", is_required=True),
        link("process", _("Used in"), "processes", is_required=True),
        number("amount", _("Amount used"), "category unit", "thousand units", is_required=True),
    ),
)

GOODS_CATEGORIES = Section(
    key="goods_categories",
    title=_("Goods categories"),
    row_title=_("Goods category"),
    shape=Shape.LIST,
    collection="goods",
    makes="GoodsCategory",
    prefix="G",
    is_in_form=False,
    intro=_("Follows from the processes where nothing is stated."),
    fields=(
        Field("category", _("Aggregated goods category"), Kind.CATEGORY, is_required=True),
        Field("routes", _("Production routes"), Kind.ROUTES),
    ),
)
