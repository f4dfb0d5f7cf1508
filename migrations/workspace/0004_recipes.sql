-- What a set was made by, so that it can be done again: the command's name and its input as it came. There is none for what
-- came from Basecamp, for reversals, and for what was done before this was kept. A table of its own keeps the history narrow.
create table operation (
    set_id integer primary key references change_set (id),
    command text not null,
    input text not null
) strict;

-- `folded` is the name without regard to case and white space: two recipes never share one. JSON is that of the contract.
create table recipe (
    id integer primary key autoincrement,
    name text not null,
    folded text not null unique,
    steps text not null,
    variables text not null,
    made_at integer not null,
    used_at integer
) strict;
