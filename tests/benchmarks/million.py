"""A million claims in PostgreSQL, written by the database itself from the demonstration's people.

The spread is that of an authority some years on: two sevenths are open; a few kinds, countries and goods make up most
of it, and names, numbers and hashes are each other's unlike. Rules that rows keep among each other are the
services' and are not tried here: foreign keys and triggers are off while the rows are written.
"""

from __future__ import annotations

from django.db import connection

CLAIMS, ORGANISATIONS, REVIEWERS = 1_000_000, 20_000, 40
OPEN_OF_SEVEN = 2
LENGTH_OF_NUMBER = len("EC-2027-0000003")
"""One digit more than the numbers of the demonstration."""
STATES = """(ARRAY['submitted','submitted','submitted','submitted','submitted','submitted','in_review','in_review',
'in_review','info_requested','info_requested','recommended','recommended','hearing','in_appeal'])[1 + n / 7 %% 15]"""
CLOSED = """(ARRAY['approved','approved','approved','approved','approved','expired','refused',
'withdrawn'])[1 + n / 7 %% 8]"""
COUNTRY = "(ARRAY['TR','IN','CN','CN','UA','EG','KR','BR','ZA','VN'])[1 + o %% 10]"
CODE = "(ARRAY['72142000','72083900','76011010','25232900','31021019','73181499','72131000','76020000'])[1 + n %% 8]"
GOODS = (
    f"""('[{{"cn":"' || {CODE} || '","category":"Iron or steel products","process":"P1","quantity":"120000",'"""
    """ || '"see_direct":"1.6","see_applicable":"' || (1.2 + n %% 97 / 100.0) || '"}]')"""
)
TRADE = "(ARRAY['Steel','Aluminium','Cement','Nitrogen','Fasteners','Wire','Castings','Hydrogen'])[1 + o %% 8]"

PREPARE = ["SET session_replication_role = replica", "SET work_mem = '256MB'", "SET maintenance_work_mem = '1GB'"]
PARTIES = """INSERT INTO registry_organisation (id, name, local_name, local_language, registration_number, country,
  address, contact_email, is_producer, is_verifier, is_importer, created_at)
SELECT md5('o' || o)::uuid, initcap(substr(md5('n' || o), 1, 6)) || ' ' || {trade} || ' Works', '', '',
  'R' || lpad(o::text, 9, '0'), {country}, 'Road 1', 'x@works.example', true, false, false, now()
FROM generate_series(1, %(organisations)s) AS o"""
SITES = """INSERT INTO registry_installation (id, code, organisation_id, name, local_name, address, city, country,
  unlocode, latitude, longitude, economic_activity, registered_on, valid_to)
SELECT md5('s' || o)::uuid, {country} || '-' || lpad((500000 + o)::text, 7, '0'), md5('o' || o)::uuid,
  initcap(substr(md5('t' || o), 1, 7)) || ' plant', '', 'Road 1', initcap(substr(md5('c' || o %% 400), 1, 8)),
  {country}, {country} || upper(substr(md5('u' || o %% 400), 1, 3)), 40, 29, 'Works', '2026-01-01', '2031-01-01'
FROM generate_series(1, %(organisations)s) AS o"""
PEOPLE = """INSERT INTO accounts_user (password, is_superuser, email, full_name, is_active, is_staff, date_joined)
SELECT '', false, 'bench' || n || '@office.example', 'Official ' || n, true, false, now()
FROM generate_series(1, %(reviewers)s) AS n"""
APPOINTMENTS = """INSERT INTO accounts_appointment (user_id, role, official_number, valid_from)
SELECT id, 'reviewer', 'R-9' || id, '2026-01-01' FROM accounts_user WHERE email LIKE 'bench%%'"""
CLAIM_ROWS = """INSERT INTO claims_claim (id, number, kind, scheme, organisation_id, installation_id, period_start,
  period_end, state, version, way_in, reviewer_id, created_by_id, created_at, submitted_at, decided_at, goods_in_short,
  due_on)
SELECT md5('k' || n)::uuid, 'EC-' || y || '-' || lpad(n::text, 7, '0'),
  CASE WHEN n %% 23 = 0 THEN 'carbon_price' ELSE 'emissions' END,
  CASE WHEN n %% 9 = 0 THEN 'uk-cbam' ELSE 'eu-cbam' END,
  md5('o' || o)::uuid, md5('s' || o)::uuid, make_date(y - 1, 1, 1), make_date(y, 1, 1), state, 4, '',
  CASE WHEN state IN ('submitted', 'in_appeal') THEN NULL ELSE %(first_reviewer)s + n %% %(reviewers)s END,
  %(creator)s, sent, sent, CASE WHEN is_open THEN NULL ELSE sent + interval '30 days' END,
  CASE WHEN n %% 23 = 0 THEN NULL ELSE {goods}::jsonb END,
  CASE WHEN is_open THEN %(today)s::date - 4 + (n / 7 %% 36)::int END
FROM (SELECT n, 1 + n %% %(organisations)s AS o, 2027 - n %% 3 AS y, n %% 7 < {open} AS is_open,
  CASE WHEN n %% 7 < {open} THEN {states} ELSE {closed} END AS state,
  %(today)s::timestamptz - (CASE WHEN n %% 7 < {open} THEN 20 + n / 7 %% 15 ELSE 90 + n %% 600 END) * interval '1 day'
    AS sent
  FROM generate_series(1, %(claims)s) AS n) AS made"""
SNAPSHOTS = """INSERT INTO claims_snapshot (claim_id, number, content, sha256, sealed_at, sealed_by_id)
SELECT md5('k' || n)::uuid, 1, '{{"reading":{{"goods":[{{"cn":"' || {code} || '","see_applicable":"1.70203",'
  || '"default":{{"value":"2.541"}}}}]}}}}', encode(sha256(('h' || n)::bytea), 'hex'), now(), %(creator)s
FROM generate_series(1, %(claims)s) AS n"""
STEPS = """INSERT INTO claims_step (claim_id, name, from_state, to_state, claim_version, actor_id, actor_label, comment,
  at)
SELECT c.id, s.name, s.before, s.after, s.version, c.reviewer_id, 'Somebody', '',
  c.submitted_at + s.days * interval '1 day'
FROM claims_claim c CROSS JOIN (VALUES ('submit', 'draft', 'submitted', 2, 0), ('take', 'submitted', 'in_review', 3, 2),
  ('recommend', 'in_review', 'recommended', 4, 8), ('approve', 'recommended', 'approved', 5, 12))
  AS s (name, before, after, version, days)
WHERE length(c.number) = %(length_of_number)s AND s.version <= CASE WHEN c.decided_at IS NOT NULL THEN 5
  WHEN c.state IN ('recommended', 'hearing') THEN 4 WHEN c.state IN ('submitted', 'in_appeal') THEN 2 ELSE 3 END"""
ENTRIES = """INSERT INTO claims_searchentry (claim_id, words)
SELECT md5('k' || n)::uuid, ' ' || CASE WHEN n %% 7 < {open} THEN '=open ' ELSE '' END || '=in' || lower({country})
  || ' ec ec' || y || ' ec' || y || lpad(n::text, 7, '0') || ' ' || y || ' ' || y || lpad(n::text, 7, '0') || ' '
  || lpad(n::text, 7, '0') || ' ' || substr(md5('n' || o), 1, 6) || ' ' || lower({trade}) || ' works r'
  || lpad(o::text, 9, '0') || ' ' || lower({country}) || ' ' || lower({country}) || lpad((500000 + o)::text, 7, '0')
  || ' ' || lpad((500000 + o)::text, 7, '0') || ' ' || substr(md5('t' || o), 1, 7) || ' plant '
  || substr(md5('c' || o %% 400), 1, 8) || ' ' || lower({country}) || substr(md5('u' || o %% 400), 1, 3)
  || ' ' || {code}
  || ' ' || encode(sha256(('h' || n)::bytea), 'hex') || ' ' || md5('f' || n) || md5('g' || n)
  || ' emissions report report'
  || y || 'pdf report' || y || ' reportpdf pdf d' || y || lpad((n + 7)::text, 7, '0') || ' anadolu verification vr'
  || y || (n %% 5000)::text || ' ab9904v bars rods ' || substr(md5('w' || n %% 60000), 1, 9) || ' '
FROM (SELECT n, 1 + n %% %(organisations)s AS o, 2027 - n %% 3 AS y FROM generate_series(1, %(claims)s) AS n) AS made"""
INDEX = "CREATE INDEX claim_search ON claims_searchentry USING gin (lexemes) WITH (fastupdate = off)"
PARTS = {
    "open": OPEN_OF_SEVEN, "states": STATES, "closed": CLOSED, "country": COUNTRY, "code": CODE, "goods": GOODS,
    "trade": TRADE,
}  # fmt: skip
WRITTEN = ("registry_organisation", "registry_installation", "claims_claim", "claims_snapshot", "claims_step")


def write_a_million(*, creator: int, today: str, claims: int = CLAIMS) -> None:
    """``creator`` is a producer's user who files all of them; ``today`` the portal's day."""
    values = {
        "claims": claims, "organisations": ORGANISATIONS, "reviewers": REVIEWERS, "creator": creator, "today": today,
        "length_of_number": LENGTH_OF_NUMBER,
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in PREPARE:
            cursor.execute(statement)
        for statement in (PARTIES, SITES, PEOPLE, APPOINTMENTS):
            cursor.execute(statement.format(**PARTS), values)
        cursor.execute("SELECT min(id) FROM accounts_user WHERE email LIKE 'bench%'")
        values["first_reviewer"] = cursor.fetchone()[0]
        cursor.execute("DROP INDEX claim_search")
        for statement in (CLAIM_ROWS, SNAPSHOTS, STEPS, ENTRIES):
            cursor.execute(statement.format(**PARTS), values)
        cursor.execute(INDEX)
        cursor.execute("SET session_replication_role = origin")
        for table in (*WRITTEN, "claims_searchentry", "accounts_user"):
            cursor.execute(f"VACUUM ANALYZE {table}")
