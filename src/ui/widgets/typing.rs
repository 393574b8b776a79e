//! What is being typed into a number field, so that nothing is made from a number that nobody can see.
//!
//! Kept with the window's memory: fields report here, tickets and the shell ask.

use egui::{Context, Id};

/// A field with text that is not taken yet.
#[derive(Clone, Debug)]
struct Field {
    id: Id,
    name: String,
    /// Would its text be taken?
    fits: bool,
    pass: u64,
}

#[derive(Clone, Debug, Default)]
struct Typing {
    field: Option<Field>,
    /// A field that was just left with a text that was not taken, and when: the click that left it makes nothing.
    left: Option<(String, u64)>,
    revision: u64,
}

fn with<R>(ctx: &Context, change: impl FnOnce(&mut Typing) -> R) -> R {
    ctx.data_mut(|data| change(data.get_temp_mut_or_default(Id::unique("number being typed"))))
}

/// Tells that the form was set in another way than by typing, so that texts which were begun before no longer count.
///
/// `revision` is another one after each such change.
pub fn follow(ctx: &Context, revision: u64) {
    with(ctx, |typing| typing.revision = revision);
}

/// Which state of the form a text is typed over.
pub(super) fn revision(ctx: &Context) -> u64 {
    with(ctx, |typing| typing.revision)
}

/// Reports in each frame a field that has the focus and a text of its own; would it be taken?
pub(super) fn report(ctx: &Context, id: Id, name: &str, fits: bool) {
    let pass = ctx.cumulative_pass_nr();
    with(ctx, |typing| typing.field = Some(Field { id, name: name.to_owned(), fits, pass }));
}

/// Reports a field that was left with a text that was not taken.
pub(super) fn report_left(ctx: &Context, name: &str) {
    let pass = ctx.cumulative_pass_nr();
    with(ctx, |typing| typing.left = Some((name.to_owned(), pass)));
}

/// The field whose text is not taken, by its name: as long as it stands nothing is made.
pub fn refused(ctx: &Context) -> Option<String> {
    let pass = ctx.cumulative_pass_nr();
    let clicking = ctx.input(|input| input.pointer.any_down() || input.pointer.any_released());
    with(ctx, |typing| {
        if typing.left.as_ref().is_some_and(|(_, left)| *left != pass && !clicking) {
            typing.left = None;
        }
        let field = typing.field.as_ref().filter(|field| field.pass == pass && !field.fits).map(|field| &field.name);
        field.or_else(|| typing.left.as_ref().map(|(name, _)| name)).cloned()
    })
}

/// The field whose text would be taken as soon as it is left.
pub fn unsettled(ctx: &Context) -> Option<Id> {
    let pass = ctx.cumulative_pass_nr();
    with(ctx, |typing| typing.field.as_ref().filter(|field| field.pass == pass && field.fits).map(|field| field.id))
}
