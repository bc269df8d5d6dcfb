create table x (a int,, b text)

select 'é', é é é

selct 1

select 'never closed

select "never closed

select $$ never closed

/* never closed

select 1 from

alter table

insert into t (a values (1)

select * from t where a = = 1

select a b c

create index on

select 1; selct 2

begin; alter table t add column; end

select e'\u12'

select u&'\zzzz'

select 1a

select $1a

select 0x

select 1__0

grant selec on t to x

create table t (a int primary key primary)

select f(a => 1, 2)

select (1, 2

)

select count(distinct) from t

create function f( returns int as 'x'

create trigger t before on t execute function f()

select * from (select 1

with a as () select 1

create table t (check)

alter table t alter column a type

select case end

😀

select '😀' 😀 from

""

select ""

select 1 limit 1, 2

create table t (a int) partition by nothing (a)

fetch first from

drop table

create or replace table t (a int)

select interval 'x' year to day

create view v as select 1 with check

alter type t add value
