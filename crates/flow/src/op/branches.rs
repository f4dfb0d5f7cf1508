//! Changes to the branches of a router.

use super::steps::{make_copy, path_of, unambiguous};
use super::{Op, Refusal};
use crate::sound::check_step;
use crate::{Branch, Flow, Kind, Names, Path, Router, is_name};

pub(super) fn add(flow: &mut Flow, step: String, index: usize, branch: Branch) -> Result<Op, Refusal> {
    let path = path_of(flow, &step)?;
    if branch.is_fallback() {
        return Err(refuse(&step, format!("{step} has its fallback. Add a branch with conditions.")));
    }
    check_held(flow, &branch)?;
    let router = router_mut(flow, &path, &step)?;
    let count = without_fallback(router);
    if index > count {
        return Err(refuse(
            &step,
            format!("{step} has {count} branches before its fallback: there is no place {}.", index + 1),
        ));
    }
    router.branches.insert(index, branch);
    Ok(Op::DeleteBranch { step, index })
}

pub(super) fn delete(flow: &mut Flow, step: String, index: usize) -> Result<Op, Refusal> {
    let path = path_of(flow, &step)?;
    let router = router_mut(flow, &path, &step)?;
    check_movable(router, &step, index, "deleted")?;
    let branch = router.branches.remove(index);
    Ok(Op::AddBranch { step, index, branch: Box::new(branch) })
}

pub(super) fn duplicate(flow: &mut Flow, step: String, index: usize) -> Result<Op, Refusal> {
    let path = path_of(flow, &step)?;
    let mut names = Names::of(flow);
    let router = router_mut(flow, &path, &step)?;
    check_movable(router, &step, index, "duplicated")?;
    let Some(mut copy) = router.branches.get(index).cloned() else { return Err(no_branch(&step, router, index)) };
    copy.name.push_str(" Copy");
    for held in copy.chain.iter_mut() {
        make_copy(held, &mut names);
    }
    router.branches.insert(index + 1, copy);
    Ok(Op::DeleteBranch { step, index: index + 1 })
}

pub(super) fn relocate(flow: &mut Flow, step: String, from: usize, to: usize) -> Result<Op, Refusal> {
    let path = path_of(flow, &step)?;
    let router = router_mut(flow, &path, &step)?;
    check_movable(router, &step, from, "moved")?;
    check_movable(router, &step, to, "moved")?;
    let branch = router.branches.remove(from);
    router.branches.insert(to, branch);
    Ok(Op::MoveBranch { step, from: to, to: from })
}

/// Whether what is done in the branch can be added.
fn check_held(flow: &Flow, branch: &Branch) -> Result<(), Refusal> {
    if branch.chain.is_empty() {
        return Ok(());
    }
    let index = unambiguous(flow)?;
    let mut within = std::collections::HashSet::new();
    for visit in branch.chain.walk() {
        let name = visit.step.name.as_str();
        if !is_name(name) || !within.insert(name) || index.number(name).is_some() || name == index.trigger() {
            let message = format!("No step can be called {name:?} here: the name is taken or not allowed.");
            return Err(Refusal::of(name, "name", message));
        }
        check_step(visit.step)?;
    }
    Ok(())
}

fn router_mut<'f>(flow: &'f mut Flow, path: &Path, step: &str) -> Result<&'f mut Router, Refusal> {
    let found = flow.step_mut(path).ok_or_else(|| Refusal::no_step(step))?;
    match &mut found.kind {
        Kind::Router(router) => Ok(router),
        Kind::Code(_) | Kind::Piece(_) | Kind::Loop(_) | Kind::Other(_) => {
            Err(refuse(step, format!("{step} is no router, so it has no branches.")))
        }
    }
}

fn without_fallback(router: &Router) -> usize {
    router.branches.iter().filter(|branch| !branch.is_fallback()).count()
}

fn check_movable(router: &Router, step: &str, index: usize, what: &str) -> Result<(), Refusal> {
    match router.branches.get(index) {
        None => Err(no_branch(step, router, index)),
        Some(branch) if branch.is_fallback() => {
            let message = format!(
                "Branch {} of {step} is the fallback: it is always there, the last, and not {what}.",
                index + 1
            );
            Err(refuse(step, message))
        }
        Some(_) => Ok(()),
    }
}

fn no_branch(step: &str, router: &Router, index: usize) -> Refusal {
    refuse(step, format!("{step} has {} branches: there is no branch {}.", router.branches.len(), index + 1))
}

fn refuse(step: &str, message: String) -> Refusal {
    Refusal::of(step, "settings.branches", message)
}
