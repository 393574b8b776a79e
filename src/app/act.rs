//! Carries out what a person asked for.

use std::path::PathBuf;

use egui::{Context, Theme, ThemePreference};
use serde_json::json;

use super::App;
use super::asking::{Asked, photo_source};
use super::state::ToastAnswer;
use super::work::sentence;
use crate::jobs::Hold;
use crate::library::Mark;
use crate::model::engine::{PIXAZO_BASE, PIXAZO_CREDIT_URL, PIXAZO_KEYS_URL};
use crate::model::{Engine, EngineId, Parameter, Recipe, ThemeChoice, settings_text};
use crate::platform::random_seed;
use crate::studio::Studio;
use crate::ui::action::{Action, Command, Dialog, HostAction, Preference, StickerId, WayOut};
use crate::ui::view::{Remote, UseOfSeed};

impl App {
    /// Carries out what this frame asked for.
    pub(super) fn act(&mut self, ctx: &Context, actions: Vec<Action>) {
        for action in actions {
            self.act_once(ctx, action);
        }
    }

    fn act_once(&mut self, ctx: &Context, action: Action) {
        let now = ctx.time();
        match action {
            Action::Run(command) => self.run_command(ctx, command),
            Action::UsePlace(text) => self.use_place(&text),
            Action::PasteImage(image) => self.load_pasted(image),
            Action::PasteText(text) => self.paste(text.trim(), now),
            Action::ShowPhoto(place) => self.show_photo(place),
            Action::RemovePhoto(place) => self.remove_photo(place),
            Action::UsePhotoAnyway => self.use_photo_anyway(),
            Action::ChooseFace(face) => self.choose_face(face),
            Action::SetCrop(crop) => self.set_crop(crop),
            Action::SetRatio(ratio) => self.state.photo.framing.ratio = ratio,
            Action::SetPadding(color) => self.state.photo.framing.padding = color,
            Action::TurnPhoto(quarter_turns) => self.turn_photo(quarter_turns),
            Action::EndCrop { keep } => self.end_crop(keep),
            Action::SetParameter(parameter, value) => {
                // A value that does not fit is shown as such by its field, and changes nothing.
                drop(self.state.form.set(parameter, &value, now));
            }
            Action::ForgetPalette => self.use_palette(&[]),
            Action::SetSize(width, height) => {
                let mut recipe = self.state.form.recipe.clone();
                let fits = recipe
                    .set(Parameter::Width, &json!(width))
                    .and_then(|()| recipe.set(Parameter::Height, &json!(height)));
                if fits.is_ok() {
                    self.state.form.replace(recipe);
                }
            }
            Action::ResetParameter(parameter) => self.state.form.reset(parameter),
            Action::Revert(parameters) => self.state.form.revert(&parameters),
            Action::ResetGroup(group) => self.state.form.reset_group(group),
            Action::SetSeedLocked(locked) => {
                self.state.form.seed = if locked { UseOfSeed::Locked } else { UseOfSeed::NewEach };
            }
            Action::Sweep(action) => self.sweep(action, now),
            Action::SetCount(count) => self.state.form.count = count.clamp(1, super::form::MOST_AT_ONCE),
            Action::UsePreset(name) => self.use_preset(&name),
            Action::Preset(action) => self.preset(action, now),
            Action::ChooseEngine(engine) => {
                self.state.form.engine = engine;
                self.state.settings.engine = engine;
                self.keep_settings();
            }
            Action::SelectSticker(id) => self.state.gallery.select(id),
            Action::CompareWith(id) => self.state.gallery.partner = Some(id),
            Action::SetStar(id, on) => self.mark(id, if on { Mark::Star } else { Mark::Plain }),
            Action::SetReject(id, on) => self.mark(id, if on { Mark::Reject } else { Mark::Plain }),
            Action::ShowBackgrounds(on) => self.state.gallery.backgrounds = on,
            Action::Search(words) => {
                self.state.gallery.search = words;
                self.list_gallery();
            }
            Action::ShowStarredOnly(on) => {
                self.state.gallery.starred_only = on;
                self.list_gallery();
            }
            Action::Sort(sort) => {
                self.state.gallery.sort = sort;
                self.list_gallery();
            }
            Action::GalleryShows(first, behind) => self.state.gallery.in_sight = (first, behind),
            Action::TakeSetting(id, parameter) => {
                let Some(value) = self.state.gallery.row(id).map(|row| row.info.recipe.get(parameter)) else { return };
                self.state.form.take(parameter, &value);
            }
            Action::TakeSettings(id) => {
                let Some(recipe) = self.state.gallery.row(id).map(|row| row.info.recipe.clone()) else { return };
                self.state.form.replace(recipe);
            }
            Action::Job(id, offer) => self.with_jobs(vec![id], offer, now),
            Action::Jobs(ids, offer) => self.with_jobs(ids, offer, now),
            Action::Move(ids, place) => self.reorder(ids, &place),
            Action::SpendAnyway => self.spend_anyway(now),
            Action::AcceptNotice => self.accept_notice(now),
            Action::StayOpen => self.stay_open(),
            Action::CloseUnsure => self.close_unsure(),
            Action::CopyLedger => {
                if let Some(work) = &self.work {
                    work.copy_ledger();
                }
            }
            Action::SaveLedger => self.save_ledger(now),
            Action::ShowResult(id) => {
                if let Some(sticker) = self.sticker_of_job(&id) {
                    self.state.gallery.select(sticker);
                }
            }
            Action::RevealResult(id) => {
                let path = self.state.job(&id).and_then(|row| row.path.clone());
                if let (Some(path), Some(work)) = (path, &self.work) {
                    work.reveal(path.into());
                }
            }
            Action::CopyText(text) => ctx.copy_text(text),
            Action::SetKey { key, session_only } => {
                let Some(work) = &self.work else { return };
                self.state.key_check = Remote::Loading { previous: None };
                self.state.key_was_entered = true;
                work.set_key(key, session_only);
            }
            Action::TestKey(key) => {
                let (Some(work), Ok(engine)) = (&self.work, self.hosted()) else { return };
                self.state.key_check = Remote::Loading { previous: None };
                work.check_key(key, engine);
            }
            Action::DeleteKey => {
                if let Some(work) = &self.work {
                    work.delete_key();
                }
            }
            Action::Host(action) => self.host(action, now),
            Action::OpenPage(page) => self.open_page(&page),
            Action::SetPreference(preference) => self.prefer(ctx, &preference),
            Action::Open(dialog) => self.open_dialog(dialog),
            Action::ListExpressions(typed) => self.state.expressions.typed = typed,
            Action::MakeExpressions => self.make_expressions(now),
            Action::CloseDialog => {
                self.state.dialog = None;
                self.state.expressions.wanted = false;
                self.state.over_budget = None;
            }
            Action::AnswerToast(id) => self.answer_toast(id),
            Action::CloseToast(id) => self.state.toasts.retain(|toast| toast.id != id),
            Action::HoldToast(id) => self.state.hold_toast(id, now),
            Action::CloseHint => self.state.hint_closed = true,
            Action::Take(way) => self.take_way_out(ctx, way),
        }
    }

    fn run_command(&mut self, ctx: &Context, command: Command) {
        let now = ctx.time();
        match command {
            Command::Make if self.state.sweep.open => self.run_sweep(now),
            Command::Make => self.make(now),
            Command::Sweep => self.toggle_sweep(),
            Command::Expressions => self.ask_for_expressions(),
            Command::PickPhoto => self.pick_photo(now),
            Command::PickPalette => self.pick_palette(now),
            Command::Paste => ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste),
            Command::TypeLink => self.type_place(Asked::Photo, None),
            Command::AddPadding => self.add_padding(),
            Command::CropPhoto => self.toggle_crop(),
            Command::TurnPhoto => self.turn_photo(1),
            Command::ResetCrop => self.reset_crop(),
            Command::ChooseHost => self.ask_for_host(false),
            Command::ShowUploads => self.show_uploads(),
            Command::ForgetPhoto => self.host(HostAction::ForgetPhoto, now),
            Command::Undo => self.state.form.undo(),
            Command::Redo => self.state.form.redo(),
            Command::NewSeed => self.set_seed(random_seed(), now),
            Command::NextSeed => {
                let next = self.state.form.recipe.seed.unwrap_or_default().wrapping_add(1);
                self.set_seed(next, now);
            }
            Command::ResetAll => self.state.form.reset_all(),
            Command::CopyCurl => {
                let base = self.hosted().ok().and_then(|engine| engine.base).unwrap_or_else(|| PIXAZO_BASE.to_owned());
                ctx.copy_text(settings_text::to_curl(&self.state.form.recipe, &self.image_url(), &base));
                self.state.tell("The request is on the clipboard, without the key.".to_owned(), None, now);
            }
            Command::CopyJson => {
                ctx.copy_text(settings_text::to_json(&self.state.form.recipe, &self.image_url()));
                self.state.tell("The request is on the clipboard, without the key.".to_owned(), None, now);
            }
            Command::CopySettings => {
                ctx.copy_text(settings_text::to_a1111(&self.state.form.recipe));
                self.state.tell("The settings are on the clipboard.".to_owned(), None, now);
            }
            Command::SaveAs => self.save_as(now),
            Command::CopySticker => {
                let path = self.state.selected().map(|row| row.path.clone());
                if let (Some(path), Some(work)) = (path, &self.work) {
                    work.copy(path);
                }
            }
            Command::Reveal => {
                let path = self.state.selected().map(|row| row.path.clone());
                if let (Some(path), Some(work)) = (path, &self.work) {
                    work.reveal(path);
                }
            }
            Command::ToggleStar => self.toggle_mark(Mark::Star),
            Command::ToggleReject => self.toggle_mark(Mark::Reject),
            Command::Trash => self.trash(now),
            Command::UseSeed => {
                if let Some(seed) = self.state.selected().and_then(|row| row.seed) {
                    self.set_seed(seed, now);
                    self.state.form.seed = UseOfSeed::Locked;
                }
            }
            Command::UseSettings => {
                let of_cell = self.state.sweep.selected_recipe().filter(|_| self.state.sweep.open).cloned();
                let chosen = of_cell.or_else(|| self.state.selected().map(|row| row.info.recipe.clone()));
                if let Some(recipe) = chosen {
                    self.state.sweep.open = false;
                    self.state.form.replace(recipe);
                }
            }
            Command::NextSticker => self.state.gallery.step(true),
            Command::PreviousSticker => self.state.gallery.step(false),
            Command::TogglePause => self.set_paused(!self.state.paused),
            Command::ClearWaiting => self.clear_waiting(),
            Command::Ledger => self.open_dialog(Dialog::Ledger),
            Command::ClearFinished => self.clear_finished(),
            Command::ToggleTheme => {
                let dark = ctx.theme() == Theme::Dark;
                let choice = if dark { ThemeChoice::Light } else { ThemeChoice::Dark };
                self.prefer(ctx, &Preference::Theme(choice));
            }
            Command::EnterKey => self.open_dialog(Dialog::Key),
            Command::OpenSettings => self.open_dialog(Dialog::Settings),
            Command::Help => self.open_dialog(Dialog::Help),
            Command::Commands => self.open_dialog(Dialog::Commands),
            Command::Peek => self.state.dialog = self.state.selected().map(|_| Dialog::Peek),
            // About looking alone: the shell does these itself.
            Command::HoldToCompare
            | Command::NextPartner
            | Command::PreviousPartner
            | Command::ZoomFit
            | Command::ZoomActual
            | Command::ZoomIn
            | Command::ZoomOut
            | Command::Search
            | Command::JumpToNewest
            | Command::ToggleRecipe
            | Command::ToggleJobs
            | Command::ExpandGallery => {}
        }
    }

    /// A link, a path, or settings in any of their forms.
    fn paste(&mut self, text: &str, now: f64) {
        let sources: Option<Vec<_>> = text.lines().filter(|line| !line.trim().is_empty()).map(photo_source).collect();
        if let Some(sources) = sources.filter(|sources| sources.len() > 1) {
            return self.take_photos(sources, now);
        }
        if let Some(source) = photo_source(text) {
            return self.load_photo(source);
        }
        if let Ok(pasted) = settings_text::read(text) {
            return self.recall_settings(pasted.recipe, "These settings are in the form now.", now);
        }
        if !text.is_empty() {
            self.state.complain("This text is no photo, link or settings, so nothing changed.".to_owned());
        }
    }

    /// Takes settings over that came from elsewhere, and offers the earlier ones again.
    pub(super) fn recall_settings(&mut self, recipe: Recipe, told: &str, now: f64) {
        let before = self.state.form.recipe.clone();
        self.state.form.replace(recipe);
        let changed = self.state.form.recipe != before;
        let undo = changed.then(|| ("Undo".to_owned(), ToastAnswer::BackTo(Box::new(before))));
        let told = if changed { told } else { "The form has these settings already." };
        self.state.tell(told.to_owned(), undo, now);
    }

    fn set_seed(&mut self, seed: u32, now: f64) {
        drop(self.state.form.set(Parameter::Seed, &json!(seed), now));
    }

    fn mark(&self, id: StickerId, mark: Mark) {
        if let Some(work) = &self.work {
            work.mark(id.0, mark, self.state.query());
        }
    }

    fn toggle_mark(&self, mark: Mark) {
        let Some(row) = self.state.selected() else { return };
        let mark = if row.mark == mark { Mark::Plain } else { mark };
        self.mark(StickerId(row.id), mark);
    }

    fn trash(&mut self, now: f64) {
        let Some(id) = self.state.selected().map(|row| row.id) else { return };
        self.state.gallery.step(true);
        if let Some(work) = &self.work {
            work.bin(id, true, self.state.query());
        }
        let answer = Some(("Undo".to_owned(), ToastAnswer::Restore(id)));
        self.state.tell("Moved to the library's bin.".to_owned(), answer, now);
    }

    fn list_gallery(&mut self) {
        if let Some(work) = &self.work {
            self.state.gallery.ask_again();
            work.list_gallery(self.state.query());
        }
    }

    fn prefer(&mut self, ctx: &Context, preference: &Preference) {
        match preference {
            Preference::Theme(choice) => self.state.settings.theme = *choice,
            Preference::Scale(scale) => {
                self.state.settings.scale_percent = (scale.clamp(0.8, 2.0) * 100.0).round() as u32;
            }
            Preference::ReduceMotion(on) => self.state.settings.reduce_motion = *on,
            Preference::Notifications(on) => self.state.settings.notifications = *on,
            Preference::SoftBudget(limit) => self.state.settings.budget.ask_above = *limit,
            Preference::HardBudget(limit) => self.state.settings.budget.refuse_above = *limit,
            Preference::Concurrency(count) => self.state.settings.concurrency = (*count).clamp(1, 8) as usize,
            Preference::SettingsInCopies(on) => self.state.settings.settings_in_exports = *on,
            Preference::LabelCopies(on) => self.state.settings.label_exports = *on,
            Preference::Address(typed) => {
                let typed = Some(typed.trim()).filter(|typed| !typed.is_empty());
                if let Err(error) = Studio::engine(EngineId::Pixazo, typed) {
                    return self.state.complain(sentence(&error));
                }
                self.state.settings.base_url = typed.map(str::to_owned);
            }
        }
        self.apply_settings(ctx);
        self.keep_settings();
    }

    /// Writes the preferences down.
    pub(super) fn keep_settings(&self) {
        if let Some(work) = &self.work {
            work.keep_settings(self.state.settings.clone());
        }
    }

    /// A folder for the library can be used, or why not.
    pub(super) fn library_chosen(&mut self, outcome: Result<PathBuf, String>, now: f64) {
        match outcome {
            Ok(folder) => {
                let told = format!("From the next start new stickers go to {}.", folder.display());
                self.state.settings.library_folder = Some(folder);
                self.keep_settings();
                self.state.tell(told, None, now);
            }
            Err(sentence) => self.state.complain(sentence),
        }
    }

    /// Makes the window look as the settings say.
    pub(super) fn apply_settings(&self, ctx: &Context) {
        let settings = &self.state.settings;
        ctx.set_theme(match settings.theme {
            ThemeChoice::System => ThemePreference::System,
            ThemeChoice::Dark => ThemePreference::Dark,
            ThemeChoice::Light => ThemePreference::Light,
        });
        ctx.set_zoom_factor(settings.scale_percent as f32 / 100.0);
        let animation_time = if settings.reduce_motion { 0.0 } else { crate::ui::theme::Motion::Panel.usual() };
        ctx.all_styles_mut(|style| style.animation_time = animation_time);
    }

    fn open_dialog(&mut self, dialog: Dialog) {
        if let Dialog::SetUpHost(_) = &dialog {
            self.state.hosts.calm();
        }
        if dialog == Dialog::Key {
            self.state.key_check = Remote::NotAsked;
            if let Some(work) = &self.work {
                work.look_for_key();
            }
        }
        if dialog == Dialog::Ledger {
            self.open_ledger();
        }
        self.state.dialog = Some(dialog);
    }

    fn answer_toast(&mut self, id: u64) {
        let Some(place) = self.state.toasts.iter().position(|toast| toast.id == id) else { return };
        let toast = self.state.toasts.remove(place);
        let (Some((_, answer)), Some(work)) = (toast.answer, &self.work) else { return };
        match answer {
            ToastAnswer::Reveal(path) => work.reveal(path),
            ToastAnswer::Restore(id) => work.bin(id, false, self.state.query()),
            ToastAnswer::RestorePreset(place, preset) => self.restore_preset(place, *preset),
            ToastAnswer::BackTo(recipe) => self.state.form.replace(*recipe),
            ToastAnswer::TypePath => self.type_in_place_of_dialog(),
        }
    }

    fn take_way_out(&mut self, ctx: &Context, way: WayOut) {
        let now = ctx.time();
        match way {
            WayOut::UseThisComputer => self.state.form.engine = EngineId::Local,
            WayOut::OpenKeyPage => self.open_page(PIXAZO_KEYS_URL),
            WayOut::OpenCreditPage => self.open_page(PIXAZO_CREDIT_URL),
            WayOut::EnterKey => self.open_dialog(Dialog::Key),
            WayOut::GoOnWithKey => self.go_on_with_key(now),
            WayOut::AskForCredit => self.go_on(&[Hold::Credit]),
            WayOut::GoOn if self.state.spends_again(now) => {}
            WayOut::GoOn => self.go_on(&[Hold::LastTime]),
            WayOut::DiscardHeld => self.discard_held(),
            WayOut::RebuildIndex => {
                if let Some(work) = &self.work {
                    work.rebuild_index(self.state.query());
                }
            }
            WayOut::ShowFiles => {
                if let (Some(studio), Some(work)) = (&self.studio, &self.work) {
                    work.reveal(studio.folders().library().to_path_buf());
                }
            }
            WayOut::ChooseLibrary => self.pick_library(now),
        }
    }

    fn open_page(&self, address: &str) {
        if let Some(work) = &self.work {
            work.open(address.to_owned());
        }
    }

    /// The hosted engine as the settings have it.
    pub(super) fn hosted(&self) -> Result<Engine, crate::studio::StudioError> {
        Studio::engine(EngineId::Pixazo, self.state.settings.base_url.as_deref())
    }

    /// The chosen engine as the settings have it.
    pub(super) fn engine(&self) -> Result<Engine, crate::studio::StudioError> {
        Studio::engine(self.state.form.engine, self.state.settings.base_url.as_deref())
    }

    /// The engine that says how far a link may lead; with an address that is none, as far as the public one.
    pub(super) fn engine_for_reading(&self) -> Engine {
        self.engine().unwrap_or_else(|_broken| Engine::pixazo(PIXAZO_BASE, false))
    }

    /// What stands for the photo in a copied request.
    fn image_url(&self) -> String {
        self.state.as_linked().unwrap_or("https://example.com/face-photo.jpg").to_owned()
    }
}
