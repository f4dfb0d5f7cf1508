//! A first day with the app: the sample, a look around, some work, the network gone and back, the night.

use super::{Desk, drive};

/// The project that the story works in: it has lists, groups and a board.
const PROJECT: &str = "Website relaunch";

/// How many rows of what is late and due are on the screen, and how many there are.
const LATE: &str = "const named = (one) => one.querySelector('.section-head')?.textContent.includes('Late and due');
    const section = [...document.querySelectorAll('.section')].find(named);
    return [section.querySelectorAll('[data-row]').length, Number(section.querySelector('.section-head .num').textContent)];";

#[test]
#[ignore = "drives the real window: run `cargo xtask desk`"]
fn a_first_day_with_the_sample_workspace() {
    drive("day", async |desk| {
        arrive(desk).await;
        show_more(desk).await;
        complete_and_undo(desk).await;
        let to_do = "Order the lanterns for the evening";
        open_project(desk).await;
        create_a_to_do(desk, to_do).await;
        search(desk, to_do).await;
        move_a_card_by_keys(desk).await;
        offline_and_back(desk).await;
        light_and_dark(desk).await;
        reopen(desk, to_do).await;
    });
}

async fn arrive(desk: &mut Desk) {
    desk.open().await;
    desk.sees("Open the sample workspace").await;
    desk.shot("welcome").await;
    desk.click("Open the sample workspace").await;
    desk.sees("Late and due").await;
    desk.sees("Fresh as of").await;
    desk.sees("css:.item .check").await;
    desk.shot("readme-today").await;
}

/// Today has the first rows of each list, and fetches more when they are asked for.
async fn show_more(desk: &mut Desk) {
    let first = desk.ask(LATE, &[]).await;
    let (rows, count) = (first[0].as_u64().unwrap(), first[1].as_u64().unwrap());
    assert_eq!(rows, 10);
    assert!(count > 20, "{count} are not enough to tell");
    desk.click(&format!("Show {} more", count - rows)).await;
    let all = format!("const late = (() => {{ {LATE} }})(); return late[0] === late[1] && late[1] === arguments[0];");
    desk.until("all are there", &all, &[count.into()]).await;
}

async fn complete_and_undo(desk: &mut Desk) {
    let title = desk.text(".section .item .item-title").await;
    desk.click(&format!("Complete {title}")).await;
    desk.until("the to-do has left the list", FIRST_IS_NOT, &[title.clone().into()]).await;
    desk.click("History").await;
    desk.sees(&format!("Completed “{title}")).await;
    desk.shot("history").await;
    desk.click("Undo").await;
    desk.sees("Undid").await;
    desk.click("Today").await;
    desk.sees(&title).await;
}

const FIRST_IS_NOT: &str = "const first = document.querySelector('.section .item .item-title'); \
    return first !== null && first.innerText !== arguments[0];";

async fn open_project(desk: &mut Desk) {
    desk.click("Projects").await;
    desk.sees(PROJECT).await;
    desk.shot("projects").await;
    desk.click(PROJECT).await;
    desk.sees("css:#tab-todos").await;
    desk.sees("css:.line.todo").await;
    desk.shot("todos").await;
}

async fn create_a_to_do(desk: &mut Desk, title: &str) {
    desk.click("Add a to-do").await;
    desk.sees("css:.line-field").await;
    desk.type_into(".line-field", title).await;
    desk.keys("Enter").await;
    desk.sees(&format!("Added {title}")).await;
    desk.keys("Escape").await;
    desk.sees(title).await;
}

async fn search(desk: &mut Desk, title: &str) {
    desk.keys("Control+k").await;
    desk.sees("css:[role=dialog] input, [role=combobox]").await;
    desk.write("lanterns").await;
    desk.sees(title).await;
    desk.shot("search").await;
    desk.keys("Escape").await;
}

async fn move_a_card_by_keys(desk: &mut Desk) {
    desk.click("#tab-board").await;
    desk.sees("css:.card").await;
    desk.gone("css:.toast").await;
    desk.shot("readme-board").await;
    let before = desk.text(".board").await;
    desk.ask("document.querySelector('.board').focus();", &[]).await;
    desk.keys("ArrowRight ArrowDown Alt+ArrowRight").await;
    let moved = "return document.querySelector('.board').innerText !== arguments[0];";
    desk.until("a card has moved", moved, &[before.into()]).await;
    desk.click("History").await;
    desk.sees("Moved “").await;
}

async fn offline_and_back(desk: &mut Desk) {
    desk.click("Sync").await;
    desk.click("Work offline").await;
    desk.sees("Offline").await;
    desk.click("Today").await;
    let title = desk.text(".section .item .item-title").await;
    desk.click(&format!("Complete {title}")).await;
    desk.until("the to-do has left the list", FIRST_IS_NOT, &[title.clone().into()]).await;
    desk.click("Sync").await;
    desk.sees(&title).await;
    desk.shot("offline").await;
    desk.click("Work offline").await;
    desk.gone(&title).await;
    desk.sees("Fresh as of").await;
}

async fn light_and_dark(desk: &mut Desk) {
    desk.click("Settings").await;
    desk.click("Dark").await;
    desk.until("the page is dark", "return document.documentElement.dataset.theme === 'dark';", &[]).await;
    desk.shot("settings-dark").await;
    desk.click("Today").await;
    desk.sees("Late and due").await;
    desk.shot("today-dark").await;
    desk.click("Settings").await;
    desk.click("Light").await;
    desk.until("the page is light", "return document.documentElement.dataset.theme === 'light';", &[]).await;
}

/// What was done is there at the next start, with no network asked.
async fn reopen(desk: &mut Desk, title: &str) {
    desk.close().await;
    desk.open().await;
    desk.sees("Late and due").await;
    open_project(desk).await;
    desk.sees(title).await;
}
