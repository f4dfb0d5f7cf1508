-- The models that can be spoken with, but for the built-in one, which is model 0. Keys are never here.

create table model (
    id integer primary key autoincrement,
    label text not null,
    vendor text not null,
    base text not null,
    model text not null,
    fallback integer
) strict;
