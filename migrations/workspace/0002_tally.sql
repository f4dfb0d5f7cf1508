-- The list of projects counts tasks from this index alone: with the kind in it, no row of the table is read.

drop index recording_tally;
create index recording_tally on recording (project, kind, status, completed, completed_at, due_on, blocked, assignees)
    where kind in ('Todo', 'Kanban::Card') and status = 'active';
