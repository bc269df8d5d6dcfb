create or replace function f(a int, inout b text = 'x', out c int, variadic d int[] default '{}') returns setof record language plpgsql immutable strict leakproof security definer parallel safe cost 10 rows 100 support s set search_path to a, b set x from current as $$ begin return next; end $$

create function add(a int, b int) returns int language sql return a + b

create function many(a int) returns table (x int, y text) language sql begin atomic select 1, 'a'; insert into t values (a); end

create procedure p(in a int, inout b int) language plpgsql as $$ begin b := a; commit; end $$

create function c(cstring) returns int as 'MODULE', 'sym' language c

create function trg() returns trigger language plpgsql as $$
declare
  n int := 0;
  r record;
  c cursor (k int) for select * from t where id = k;
  t constant t.a%type not null default 5;
  rt t%rowtype;
begin
  <<outer>>
  for i in reverse 10..1 by 2 loop
    continue outer when i = 3;
    exit when i > 5;
  end loop;
  for r in select * from t loop n := n + 1; end loop;
  for r in execute 'select 1' using n loop null; end loop;
  for r in c (1) loop null; end loop;
  foreach n slice 1 in array array[1, 2] loop null; end loop;
  while n < 10 loop n := n + 1; end loop;
  loop exit; end loop;
  if n = 1 then return new; elsif n = 2 then return old; else null; end if;
  case n when 1, 2 then null; else raise exception 'no %', n using errcode = '22000', hint = 'h'; end case;
  case when n > 1 then null; end case;
  select a, b into strict n, r from t;
  insert into t values (1) returning id into n;
  execute format('x %I', n) into r using 1, 2;
  perform f(1);
  call p(1, n);
  open c (1);
  open c for select 1;
  open c no scroll for execute 'select 1' using 2;
  fetch next from c into r;
  move forward all from c;
  close c;
  get diagnostics n = row_count;
  get stacked diagnostics n = returned_sqlstate;
  assert n > 0, 'message';
  raise notice 'x';
  raise warning sqlstate '01000';
  raise;
  return query select 1;
  return query execute 'select 1' using 1;
  n[1] := 2;
  r.a = 3;
  begin
    null;
  exception
    when division_by_zero or unique_violation then null;
    when sqlstate '22012' then null;
    when others then raise info '%', sqlerrm;
  end;
  rollback and chain;
  return new;
end
$$

create function bad() returns int language plpgsql as $$ begin retrun 1; end $$

create function bad() returns int language plpgsql as $$ begin if 1 then return 1; end $$

create function bad() returns int language plpgsql as $$ declare x no_such%type; begin return; end $$

create function f() returns void language plpgsql as 'begin end'

create trigger t before insert or update of a, b or delete on app.t referencing old table as o new table as n for each row when (old.a is distinct from new.a) execute function f('x', 1)

create constraint trigger t after insert on t from u deferrable initially deferred for each row execute procedure f()

create or replace trigger t instead of update on v for each row execute function f()

create trigger t after truncate on t for each statement execute function f()

create event trigger e on ddl_command_start when tag in ('CREATE TABLE') execute function f()

alter event trigger e disable

alter trigger t on a rename to b

alter trigger t on a depends on extension x

create rule r as on update to t where old.a > 1 do instead (select 1; delete from t)

create or replace rule r as on insert to t do also nothing

alter function f(int) rename to g

alter function f(int) owner to joe

alter function f volatile called on null input reset all

alter routine f set schema x

alter procedure p no depends on extension e

create aggregate a (int) (sfunc = f, stype = int, initcond = '0')

create aggregate a (order by "any") (sfunc = f, stype = internal, hypothetical)

create operator === (leftarg = int, rightarg = int, procedure = f, commutator = ===, hashes)

alter operator === (int, int) set (restrict = none, join = x)

create operator class c default for type int using btree family f as operator 1 <, operator 2 <= for order by x, function 1 (int, int) g(int, int), storage int

create operator family f using btree

alter operator family f using btree add operator 1 < (int, int), function 1 (int) g(int)

alter operator family f using btree drop operator 1 (int, int)

create cast (a as b) with function f(a) as assignment

create cast (a as b) without function

create cast (a as b) with inout as implicit

create trusted language l handler h inline i validator v

create transform for int language l (from sql with function f(int), to sql with function g(internal))

grant select (a, b), insert, update on table t, u to joe, public with grant option granted by current_user

grant all privileges on all tables in schema a, b to group x

grant usage on schema a to b

grant execute on function f(int), g() to x

grant a, b to c with admin option, inherit false

revoke grant option for select on t from joe cascade

revoke all on database d from public

alter default privileges for role a in schema b grant select on tables to c

create role joe with login superuser password 'x' valid until '2030-01-01' connection limit 5 in role a, b admin c

alter role joe in database d set work_mem = 5

alter user joe encrypted password 'y' nobypassrls

create group g

alter group g add user a, b

drop role if exists a, current_user

create policy p on t as restrictive for update to a, public using (x = 1) with check (y = 2)

alter policy p on t rename to q

create publication p for table only t (a, b) where (a > 1), tables in schema s, current_schema with (publish = 'insert')

create publication p for all tables

alter publication p set table a, b

alter publication p drop tables in schema s

create subscription s connection 'host=x' publication a, b with (copy_data = false)

alter subscription s refresh publication with (copy_data = true)

alter subscription s skip (lsn = '0/1')

alter subscription s disable

alter system set x = 'y'

alter system reset all

create function f() returns int language sql as $$ select 1 $$

create function f(x int) returns int begin atomic; select x; end
