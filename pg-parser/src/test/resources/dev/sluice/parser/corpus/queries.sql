select

select distinct on (a) a, b as "B b", c.*, (d).e, (f).*, count(*) filter (where a > 1) over w from t as x (a, b) where a = 1 and not b or c is null group by rollup (a, b), cube (c), grouping sets ((), (d)) having count(*) > 1 window w as (partition by a order by b desc range between unbounded preceding and current row exclude ties) order by 1 using <, 2 nulls first limit 10 offset 5 rows for update of x skip locked for share nowait

select a from t fetch first 5 rows with ties

select a from t fetch next row only

select 1 union all select 2 intersect select 3 except all (select 4 order by 1) limit all

with recursive r (n) as materialized (select 1 union select n + 1 from r) search depth first by n set o cycle n set c to true default false using p select * from r

with i as (insert into a values (1) returning *), d as not materialized (delete from b using c where b.x = c.x returning b.*) select * from i, d

values (1, default), (2, null)

table only account

select * from a cross join b natural left join c inner join d using (x, y) as j full outer join e on true, lateral (select 1) z, f(1) with ordinality as o (a, b), rows from (g(1), h(2) as (a int)) k, t tablesample system (10) repeatable (3)

select * from t tablesample bernoulli (5.5)

select case a when 1 then 'x' else 'y' end, case when b then 1 end, coalesce(a, b), nullif(a, b), greatest(1, 2), least(a, b)

select cast(a as numeric(10, 2)), b::int[][], c::varchar(5)[3], date '2026-01-01', interval '1' year, interval '1 2' day to second(3), interval(3) '5', timestamp with time zone 'now', time(2) without time zone '10:00', bit varying(5) '101', national character varying(3) 'x', setof_ from x

select array[1, 2, array[3]], array(select 1), row(1, 2), (1, 2), row(), a[1], b[1:2], c[:], d[2:].e

select a between 1 and 2, b not between symmetric 3 and 4, c in (1, 2), d not in (select 1), e like 'x%' escape '\', f not ilike 'y', g similar to 'z' escape '!', h ~* 'r', i is distinct from j, k is not true, l is unknown, m is document, n is nfc normalized, o is json object with unique keys

select exists (select 1), a = any (select 1), b > all (array[1, 2]), c <> some (values (1)), d operator(pg_catalog.+) 2, - e, @ f, g at time zone 'utc', h at local, i collate "C", (a, b) overlaps (c, d)

select extract(year from a), position('a' in b), substring(c from 1 for 2), substring(c similar 'x' escape 'y'), overlay(d placing 'x' from 2 for 3), trim(both 'x' from e), trim(leading from f), normalize(g, nfkc), treat(h as int)

select current_date, current_time(3), localtimestamp, current_user, session_user, user, current_catalog, current_schema, current_timestamp(0), system_user

select xmlelement(name a, xmlattributes(b as c), d), xmlforest(e, f as g), xmlparse(document h preserve whitespace), xmlroot(i, version no value, standalone yes), xmlserialize(content j as text indent), xmlpi(name k, 'l'), xmlexists('x' passing by ref y), xmlconcat(m, n)

select * from xmltable(xmlnamespaces('http://x' as x), '/a' passing b columns c int path 'd' default 1 not null, e for ordinality)

select json_object('a' : 1, 'b' value 2 null on null with unique keys), json_array(1, 2 absent on null returning jsonb), json_array(select 1), json_objectagg(a : b), json_arrayagg(a order by b null on null) filter (where c), json('{}' with unique), json_scalar(1), json_serialize(a returning bytea format json)

select json_value(a, '$.b' passing 1 as x returning int default 0 on empty error on error), json_query(a, '$' with conditional wrapper keep quotes null on empty), json_exists(a, '$.c' true on error)

select * from json_table(a, '$[*]' as r columns (id for ordinality, b int path '$.b' default 1 on error, c int exists path '$.c' true on error, nested path '$.d[*]' as d columns (e text)))

select f(variadic array[1]), g(a => 1, b := 2), count(distinct a order by b), string_agg(a, ',' order by b), percentile_cont(0.5) within group (order by x), h() over (), sum(a) over (w rows 5 preceding), all_(all x), merge_action()

select 'it''s', E'a\nb\x41é', U&'d\0061t\+000061', U&"d!0061" uescape '!', $$dollar$$, $tag$a $$ b$tag$, B'101', X'1F', 1, 1.5, .5, 1e10, 0x1F, 0b11, 0o17, 1_000, $1, -1, +2, true, null, 99999999999, 'a'
'b'

select "Quoted ""x""", ünïcode, "日本語", '日本語 😀' as "😀"

insert into t (a, b[1], c.d) overriding system value values (1, default, 3) on conflict (lower(a) collate "C" text_ops) where b > 0 do update set (c, d) = (excluded.c, default), e = row(1) where t.x returning with (old as o, new as n) o.a, n.*

insert into t default values on conflict on constraint c do nothing

insert into t as x select 1 on conflict do nothing returning *

update only t as x set a = 1, (b, c) = (select 1, 2), d[1] = default, e.f = 2 from u join v on true where current of cur returning *

delete from only t as x using u where x.a = u.a returning a

merge into only t as x using (select 1 as a) s on x.a = s.a when matched and x.b then update set c = 1 when not matched by source then delete when not matched by target and true then insert (a, b) overriding user value values (1, default) when matched then do nothing returning merge_action(), *

with a as (select 1) merge into t using a on true when not matched then insert default values

select a into temp table n from t * where true

select a into unlogged m from t

copy t (a, b) from stdin with (format csv, header match, delimiter ',', force_null (a, b), null '') where a > 1

copy (select 1) to program 'cat' csv header quote '"' force quote *

copy binary t to '/x'

explain (analyze, buffers off, format json) select 1

explain analyze verbose insert into t values (1)

declare c binary insensitive no scroll cursor with hold for select 1

fetch backward 5 from c

fetch absolute -1 c

move all in c

close all

prepare p (int, text) as select $1, $2

execute p (1, 'x')

create table x as execute p (1) with no data

deallocate all

listen ch

notify ch, 'payload'

unlisten *

begin isolation level serializable, read only, not deferrable

start transaction read write

commit and chain

rollback to savepoint s

savepoint s

release s

prepare transaction 'x'

commit prepared 'x'

set local search_path to a, "B", 'c'

set session characteristics as transaction isolation level repeatable read

set time zone interval '1' hour to minute

set constraints a.b, c deferred

set role none

set xml option document

reset all

show transaction isolation level

discard temp

checkpoint

load 'x'

select 1; select 2;; -- done
/* a /* nested */ comment */ select 3

-- only a comment

call p(1, x => 2)

do language plpgsql $$ begin perform 1; end $$

select a.b.c.d, a.*, b.c.* from a.b.c

select 1 as year, 2 as value, 3 "as", 4 between_ from x as y(z)

select not a = b, a or b and c, -1 ^ 2, 1 + 2 * 3 - 4 / 5 % 6, a || b, a <-> b, a -> 'b' ->> 'c', a #> '{}', a ?| b, a @> b, !! c, ~ d, a << 1, b & c | d # e

select (((((((1)))))))

select a isnull, b notnull, c is normalized, d is not nfd normalized

select * from (values (1), (2)) v (a) order by a desc

select * from t for no key update for key share

select grouping(a, b), any_value(c)

select f(distinct a), f(*), f(a, variadic b order by c), f(a) respect_ from t

select "select" from "table" where "where" = 'from'
