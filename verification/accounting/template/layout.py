"""Where each value stands in the template, version 2.x: sheets, rows and columns.

Process p and precursor j sit in blocks of equal height, so their cells are a head row plus a
fixed distance.
"""

from __future__ import annotations

from datetime import date

VERSION = "VersionDocumentation"
GENERAL = "A_InstData"
EMISSIONS = "B_EmInst"
TOTALS = "C_Emissions&Energy"
PROCESSES = "D_Processes"
PRECURSORS = "E_PurchPrec"
PRODUCTS = "Summary_Products"
CODE_LISTS = "c_CodeLists"
CONSTANTS = "Parameters_Constants"

CONTENT_SHEETS = (VERSION, GENERAL, EMISSIONS, TOTALS, PROCESSES, PRECURSORS, PRODUCTS)

TEMPLATE_CELL, ISSUED_CELL, ISSUER_CELL, LANGUAGE_CELL = "B2", "B3", "B4", "B5"
TEMPLATE_NAME = "CBAM communication SEE Version 2"
FIRST_TEMPLATE_NAME = "CBAM installation communication SEE"
NAME_STEM = "CBAM"
VERSIONS = {
    date(2024, 3, 19): "2.0",
    date(2024, 4, 8): "2.0.1",
    date(2024, 6, 5): "2.1",
    date(2024, 12, 13): "2.1.1",
}
NEWEST_VERSION_ON = max(VERSIONS)

PERIOD = {"starts_on": "I9", "ends_on": "L9"}
INSTALLATION_TEXT = {
    "name_local": "I19",
    "name": "I20",
    "street": "I21",
    "economic_activity": "I22",
    "post_code": "I23",
    "po_box": "I24",
    "city": "I25",
    "un_locode": "I27",
    "representative": "I30",
    "email": "I31",
    "telephone": "I32",
}
COUNTRY_CELL, COUNTRY_CODE_RESULT = "I26", "S26"
LATITUDE_CELL, LONGITUDE_CELL = "I28", "I29"
VERIFIER_TEXT = {
    "name": "I37",
    "street": "I38",
    "city": "I39",
    "post_code": "I40",
    "country": "I41",
    "representative": "I45",
    "email": "I46",
    "telephone": "I47",
    "fax": "I48",
    "accreditation_state": "I51",
    "accreditation_body": "I52",
    "accreditation_number": "I53",
}

GOODS_ROWS = range(62, 72)
GOODS_ROUTE_COLUMNS = "IJKLMN"
PROCESS_ROWS = range(83, 93)
PROCESS_INCLUDED_COLUMNS = "FGHIJK"
PRECURSOR_ROWS = range(102, 122)
PRECURSOR_ROUTE_COLUMNS = "GHIJK"
CATEGORY_COLUMN, PRECURSOR_COUNTRY_COLUMN, NAME_COLUMN = "E", "F", "L"

STREAM_ROWS = range(17, 92)
STREAM_TEXT = {"name": "E", "activity_unit": "G", "emission_factor_unit": "K", "carbon_content_unit": "M"}
STREAM_NUMBERS = {
    "activity_data": "F",
    "net_calorific_value_gj_per_unit": "H",
    "emission_factor": "J",
    "carbon_content": "L",
    "oxidation_percent": "N",
    "conversion_percent": "P",
    "biomass_percent": "R",
}
PFC_ROWS = range(98, 108)
PFC_NUMBERS = {
    "production_t": "F",
    "effects_per_cell_day": "AG",
    "minutes_per_effect": "AH",
    "slope_factor_kg_cf4_per_t_minute": "AI",
    "overvoltage_mv": "AJ",
    "current_efficiency_percent": "AK",
    "overvoltage_coefficient_kg_cf4_per_t_mv": "AL",
    "c2f6_weight_fraction": "AM",
    "collection_efficiency": "AT",
}
MEASURED_ROWS = range(113, 123)
MEASURED_NUMBERS = {
    "biomass_percent": "R",
    "concentration_g_per_nm3": "V",
    "operating_hours": "X",
    "flow_1000nm3_per_hour": "Z",
}
METHOD_COLUMN, GAS_COLUMN = "D", "E"
FOSSIL_RESULT, BIOMASS_RESULT, FUEL_RESULT = "AU", "AV", "AX"

ENTERED_TOTALS = {
    "fuel_for_goods_tj": "I16",
    "fuel_for_electricity_tj": "J16",
    "fuel_for_other_goods_tj": "K16",
    "indirect_emissions_tco2e": "M26",
}
TOTAL_RESULTS = {
    "fuel_tj": "H15",
    "co2_tco2e": "H25",
    "biomass_tco2e": "I25",
    "n2o_tco2e": "J25",
    "pfc_tco2e": "K25",
    "direct_tco2e": "L25",
}
DATA_QUALITY = {"quality": "H40", "default_justification": "H41", "assurance": "H42"}

PROCESS_COUNT, PRECURSOR_COUNT, ROUTE_SLOTS = 10, 20, 8
VALUE_COLUMN, SECOND_COLUMN = "L", "M"


def process_head(number: int) -> int:
    """Head row of process ``number`` (1 to 10) on the processes sheet."""
    return 11 + 65 * (number - 1)


PROCESS_FIRST_ROUTE, PROCESS_LEVEL_RESULT, PROCESS_MARKET = 5, 13, 16
PROCESS_FIRST_USE, PROCESS_OTHER_GOODS, PROCESS_APPLICABLE = 21, 30, 39
PROCESS_DIRECT, PROCESS_HEAT, PROCESS_WASTE_GAS = 43, 46, 50
PROCESS_ELECTRICITY, PROCESS_ELECTRICITY_EXPORT = 54, 60


def consumer_in_slot(number: int, slot: int) -> int:
    """The process that slot 1 to 9 of process ``number`` stands for: all but itself, in order."""
    return slot if slot < number else slot + 1


def precursor_head(number: int) -> int:
    """Head row of precursor ``number`` (1 to 20) on the precursors sheet."""
    return 14 + 44 * (number - 1)


PRECURSOR_FIRST_ROUTE, PRECURSOR_LEVEL_RESULT, PRECURSOR_FIRST_USE, PRECURSOR_OTHER = 3, 11, 14, 24
PRECURSOR_DIRECT, PRECURSOR_ELECTRICITY, PRECURSOR_FACTOR = 35, 36, 37
PRECURSOR_INDIRECT_RESULT, PRECURSOR_JUSTIFICATION = 38, 40
JUSTIFICATION_COLUMN = "K"

PRODUCT_ROWS = range(10, 110)
PRODUCT_PROCESS, PRODUCT_CN, PRODUCT_NAME = "D", "F", "H"
PRODUCT_TEXT = {"reducing_agent": "P", "steel_mill_id": "Q", "calcined": "AC"}
PRODUCT_RESULTS = {
    "see_direct": "I",
    "see_indirect": "J",
    "see_total": "K",
    "default_share": "M",
    "electricity_mwh_per_unit": "O",
}
PRODUCT_PARAMETERS = {
    "manganese_share": "R",
    "chromium_share": "S",
    "nickel_share": "T",
    "other_alloys_share": "U",
    "carbon_share": "V",
    "scrap_t_per_t_steel": "W",
    "other_materials_share": "X",
    "pre_consumer_scrap_share": "Y",
    "scrap_t_per_t_aluminium": "Z",
    "non_aluminium_share": "AA",
    "clinker_factor": "AB",
    "solution_concentration": "AD",
    "nitric_acid_share": "AE",
    "urea_share": "AF",
    "nitrogen_share": "AG",
    "nitrogen_ammonium_share": "AH",
    "nitrogen_nitrate_share": "AI",
    "nitrogen_urea_share": "AJ",
    "nitrogen_other_share": "AK",
}
PARAMETERS_ABOVE_ONE = frozenset({"scrap_t_per_t_steel", "scrap_t_per_t_aluminium"})
CARBON_PRICE_TEXT = {"instrument": "AL", "currency": "AP", "rebate_kind": "AT"}
CARBON_PRICE_NUMBERS = {
    "share_covered": "AM",
    "due_per_unit": "AR",
    "rebate_share": "AU",
    "rebate_per_unit": "AX",
}
EFFECTIVE_PRICE_RESULT = "AZ"

CODE_LIST_FIRST_ROW, COUNTRY_CODE_COLUMN, COUNTRY_NAME_COLUMN = 11, "F", "G"
CATEGORY_FIRST_ROW, CATEGORY_NAME_COLUMN, CATEGORY_ROUTE_COLUMNS = 89, "A", "GHIJKLMNOP"
