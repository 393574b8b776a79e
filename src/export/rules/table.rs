//! The table.

use super::{About, Allowed, Form, Part, Rule, Size, Source, Weight};
use crate::Target;

use About::{
    AltText, AppStoreLink, ArchiveBytes, ArchiveFiles, Author, Bytes, Chunks, Colours, Contents, Corners, CutLines,
    CutUnits, DataVersion, Density, Dpi, Email, Emoji, EventBytes, Format, Frames, GridSide, GridSize, HalfClear,
    Icons, Identifier, IdentifierLetters, Keywords, Links, Listed, Margin, MarkedAnimated, Name, NameLetters,
    Numbering, Pixels, PlayStoreLink, Seen, SetType, SheetFiles, Sizes, SizesOfEach, SpotColour, StatedFormat,
    StatedInfo, Stickers, Tags, Title, Tree, WrittenAnew,
};
use Allowed::{AtLeast, AtMost, Between, Exactly, NoneOrBetween, OneOf, Word};
use Part::{Cover, Main, Sticker, Tab, Thumbnail, Tray};

const WHATSAPP: Source = Source { name: "WhatsApp/stickers, StickerPackValidator.java at 06144a1", read: "2026-11" };
const WHATSAPP_READING: Source =
    Source { name: "WhatsApp/stickers, ContentFileParser.java and StickerPackLoader.java", read: "2026-12" };
const WHATSAPP_ART: Source = Source { name: "WhatsApp/stickers, README, sticker art requirements", read: "2026-11" };
const WHATSAPP_ISSUES: Source =
    Source { name: "WhatsApp/stickers, issues 127, 167, 237, 606 and 730", read: "2026-11" };
const WASTICKERS: Source = Source { name: "sticker-convert at ed993c4, upload_whatsapp.py", read: "2026-11" };
const TELEGRAM: Source = Source { name: "Telegram Bot API, createNewStickerSet and InputSticker", read: "2026-11" };
const SIGNAL: Source =
    Source { name: "Signal-Desktop, sticker-creator/src/constants.ts and processImage.ts", read: "2026-11" };
const DISCORD: Source =
    Source { name: "Discord developer documentation, sticker and emoji resources", read: "2026-11" };
const SLACK: Source = Source { name: "Slack help, custom emoji", read: "2026-11" };
const APPLE: Source = Source { name: "Apple, Asset Catalog Format Reference, stickers", read: "2026-11" };
const APPLE_GUIDELINES: Source =
    Source { name: "Apple, Human Interface Guidelines, iMessage apps and stickers", read: "2026-11" };
const LINE: Source = Source { name: "LINE Creators Market, creation guidelines of stickers", read: "2026-11" };
const MASTODON: Source = Source { name: "Mastodon, app/models/custom_emoji.rb", read: "2026-11" };
const MATRIX: Source = Source { name: "Matrix specification 1.19, image packs", read: "2026-11" };
const TWITCH: Source = Source { name: "Elgato and popemote guides to Twitch emotes", read: "2026-11" };
const KICK: Source = Source { name: "popemote guide to Kick emotes", read: "2026-11" };
const YOUTUBE: Source = Source { name: "popemote guide to YouTube channel emoji", read: "2026-11" };
const PNG: Source = Source { name: "PNG specification, third edition", read: "2026-11" };
const PRINTERS: Source =
    Source { name: "print shops' guides to kiss-cut stickers, 300 DPI and a CutContour spot", read: "2026-11" };
const CRICUT: Source = Source { name: "Cricut help, Print Then Cut with a flat PNG", read: "2026-11" };
const WEBP: Source = Source { name: "RFC 9649, WebP image format", read: "2026-11" };

/// What nobody has to write down.
const WHOLE: Source = Source {
    name: "no platform's own words: what a list names is there, and a picture shows something",
    read: "2026-12",
};

/// A pack that breaks it is refused.
const fn must(target: Target, about: About, allowed: Allowed, source: Source) -> Rule {
    Rule { target, about, allowed, weight: Weight::Must, source }
}

/// A pack that breaks it is taken all the same.
const fn advice(target: Target, about: About, allowed: Allowed, source: Source) -> Rule {
    Rule { target, about, allowed, weight: Weight::Advice, source }
}

const fn size(size: Size) -> Allowed {
    Allowed::Size(size)
}

const fn form(form: Form) -> Allowed {
    Allowed::Form(form)
}

/// What every platform allows.
pub const RULES: &[Rule] = &[
    // Lengths are UTF-16 units here, as Java counts them.
    must(Target::WhatsApp, Stickers, Between(3, 30), WHATSAPP),
    must(Target::WhatsApp, Format(Sticker), Word(&["WebP"]), WHATSAPP),
    must(Target::WhatsApp, Pixels(Sticker), size(Size::Exactly(512, 512)), WHATSAPP),
    must(Target::WhatsApp, Bytes(Sticker), AtMost(100_000), WHATSAPP),
    must(Target::WhatsApp, Frames, Exactly(1), WHATSAPP),
    must(Target::WhatsApp, Chunks, form(Form::PlainWebP), WHATSAPP_ISSUES),
    advice(Target::WhatsApp, Margin, AtLeast(16), WHATSAPP_ART),
    advice(Target::WhatsApp, Corners, AtMost(0), WHATSAPP_ART),
    must(Target::WhatsApp, Emoji, Between(1, 3), WHATSAPP),
    must(Target::WhatsApp, AltText, AtMost(125), WHATSAPP),
    must(Target::WhatsApp, Format(Tray), Word(&["PNG"]), WHATSAPP),
    must(Target::WhatsApp, Pixels(Tray), size(Size::Exactly(96, 96)), WHATSAPP),
    must(Target::WhatsApp, Bytes(Tray), AtMost(50_000), WHATSAPP),
    must(Target::WhatsApp, Title, Between(1, 128), WHATSAPP),
    must(Target::WhatsApp, Author, Between(1, 128), WHATSAPP),
    must(Target::WhatsApp, Identifier, Between(1, 128), WHATSAPP),
    must(Target::WhatsApp, IdentifierLetters, form(Form::WhatsAppIdentifier), WHATSAPP),
    must(Target::WhatsApp, PlayStoreLink, form(Form::PlayStoreLink), WHATSAPP),
    must(Target::WhatsApp, AppStoreLink, form(Form::AppStoreLink), WHATSAPP),
    must(Target::WhatsApp, Links, form(Form::WebLink), WHATSAPP),
    must(Target::WhatsApp, Email, form(Form::Email), WHATSAPP),
    // Stickers that move are not measured here, so no pack may be said to have them.
    must(Target::WhatsApp, MarkedAnimated, Word(&["false"]), WHATSAPP),
    must(Target::WhatsApp, Contents, form(Form::NothingAmiss), WHATSAPP_READING),
    must(Target::WhatsApp, DataVersion, form(Form::Filled), WHATSAPP),
    must(Target::WhatsApp, ArchiveFiles, form(Form::WastickersFiles), WASTICKERS),
    must(Target::WhatsApp, Seen, AtLeast(1), WHOLE),
    must(Target::WhatsAppSingle, Format(Sticker), Word(&["WebP"]), WHATSAPP),
    must(Target::WhatsAppSingle, Pixels(Sticker), size(Size::Exactly(512, 512)), WHATSAPP),
    must(Target::WhatsAppSingle, Bytes(Sticker), AtMost(100_000), WHATSAPP),
    must(Target::WhatsAppSingle, Frames, Exactly(1), WHATSAPP),
    must(Target::WhatsAppSingle, Chunks, form(Form::PlainWebP), WHATSAPP_ISSUES),
    advice(Target::WhatsAppSingle, Margin, AtLeast(16), WHATSAPP_ART),
    advice(Target::WhatsAppSingle, Corners, AtMost(0), WHATSAPP_ART),
    must(Target::WhatsAppSingle, Listed, form(Form::NothingAmiss), WHOLE),
    must(Target::WhatsAppSingle, Seen, AtLeast(1), WHOLE),
    must(Target::Telegram, Stickers, Between(1, 120), TELEGRAM),
    advice(Target::Telegram, Stickers, Between(1, 50), TELEGRAM),
    must(Target::Telegram, Format(Sticker), Word(&["WebP", "PNG"]), TELEGRAM),
    must(Target::Telegram, Pixels(Sticker), size(Size::OneSide(512)), TELEGRAM),
    must(Target::Telegram, Bytes(Sticker), AtMost(512_000), TELEGRAM),
    must(Target::Telegram, Frames, Exactly(1), TELEGRAM),
    must(Target::Telegram, Emoji, Between(1, 20), TELEGRAM),
    must(Target::Telegram, Keywords, AtMost(20), TELEGRAM),
    must(Target::Telegram, Tags, AtMost(64), TELEGRAM),
    must(Target::Telegram, Title, Between(1, 64), TELEGRAM),
    // With room for the bot's name where it is not there yet.
    must(Target::Telegram, Identifier, Between(1, 64), TELEGRAM),
    must(Target::Telegram, IdentifierLetters, form(Form::TelegramSetName), TELEGRAM),
    must(Target::Telegram, SetType, Word(&["regular"]), TELEGRAM),
    must(Target::Telegram, StatedFormat, Word(&["static"]), TELEGRAM),
    must(Target::Telegram, Listed, form(Form::NothingAmiss), TELEGRAM),
    must(Target::Telegram, Format(Thumbnail), Word(&["WebP", "PNG"]), TELEGRAM),
    must(Target::Telegram, Pixels(Thumbnail), size(Size::Exactly(100, 100)), TELEGRAM),
    must(Target::Telegram, Bytes(Thumbnail), AtMost(128_000), TELEGRAM),
    must(Target::Telegram, Seen, AtLeast(1), WHOLE),
    must(Target::TelegramEmoji, Stickers, Between(1, 200), TELEGRAM),
    advice(Target::TelegramEmoji, Stickers, Between(1, 50), TELEGRAM),
    must(Target::TelegramEmoji, Format(Sticker), Word(&["WebP", "PNG"]), TELEGRAM),
    must(Target::TelegramEmoji, Pixels(Sticker), size(Size::Exactly(100, 100)), TELEGRAM),
    must(Target::TelegramEmoji, Bytes(Sticker), AtMost(512_000), TELEGRAM),
    must(Target::TelegramEmoji, Frames, Exactly(1), TELEGRAM),
    must(Target::TelegramEmoji, Emoji, Between(1, 20), TELEGRAM),
    must(Target::TelegramEmoji, Keywords, AtMost(20), TELEGRAM),
    must(Target::TelegramEmoji, Tags, AtMost(64), TELEGRAM),
    must(Target::TelegramEmoji, Title, Between(1, 64), TELEGRAM),
    must(Target::TelegramEmoji, Identifier, Between(1, 64), TELEGRAM),
    must(Target::TelegramEmoji, IdentifierLetters, form(Form::TelegramSetName), TELEGRAM),
    must(Target::TelegramEmoji, SetType, Word(&["custom_emoji"]), TELEGRAM),
    must(Target::TelegramEmoji, StatedFormat, Word(&["static"]), TELEGRAM),
    must(Target::TelegramEmoji, Listed, form(Form::NothingAmiss), TELEGRAM),
    must(Target::TelegramEmoji, Seen, AtLeast(1), WHOLE),
    // Signal writes every still picture anew, so it gets the whole quality to do that with.
    must(Target::Signal, Stickers, Between(1, 200), SIGNAL),
    must(Target::Signal, Format(Sticker), Word(&["PNG"]), SIGNAL),
    must(Target::Signal, Pixels(Sticker), size(Size::Exactly(512, 512)), SIGNAL),
    must(Target::Signal, WrittenAnew, AtMost(300_000), SIGNAL),
    must(Target::Signal, Frames, Exactly(1), SIGNAL),
    must(Target::Signal, Emoji, Exactly(1), SIGNAL),
    must(Target::Signal, Title, AtLeast(1), SIGNAL),
    must(Target::Signal, Author, AtLeast(1), SIGNAL),
    must(Target::Signal, Format(Cover), Word(&["PNG"]), SIGNAL),
    must(Target::Signal, Pixels(Cover), size(Size::Exactly(512, 512)), SIGNAL),
    must(Target::Signal, Listed, form(Form::NothingAmiss), WHOLE),
    must(Target::Signal, Seen, AtLeast(1), WHOLE),
    must(Target::Discord, Format(Sticker), Word(&["PNG"]), DISCORD),
    must(Target::Discord, Pixels(Sticker), size(Size::Exactly(320, 320)), DISCORD),
    must(Target::Discord, Bytes(Sticker), AtMost(500_000), DISCORD),
    must(Target::Discord, Frames, Exactly(1), DISCORD),
    must(Target::Discord, Name, Between(2, 30), DISCORD),
    must(Target::Discord, AltText, NoneOrBetween(2, 100), DISCORD),
    must(Target::Discord, Tags, Between(2, 200), DISCORD),
    must(Target::Discord, Listed, form(Form::NothingAmiss), DISCORD),
    must(Target::Discord, Seen, AtLeast(1), WHOLE),
    must(Target::DiscordEmoji, Format(Sticker), Word(&["PNG"]), DISCORD),
    must(Target::DiscordEmoji, Pixels(Sticker), size(Size::Exactly(128, 128)), DISCORD),
    must(Target::DiscordEmoji, Bytes(Sticker), AtMost(256_000), DISCORD),
    must(Target::DiscordEmoji, Frames, Exactly(1), DISCORD),
    must(Target::DiscordEmoji, Name, Between(2, 32), DISCORD),
    must(Target::DiscordEmoji, NameLetters, form(Form::Shortcode), DISCORD),
    must(Target::DiscordEmoji, Listed, form(Form::NothingAmiss), WHOLE),
    must(Target::DiscordEmoji, Seen, AtLeast(1), WHOLE),
    must(Target::Slack, Format(Sticker), Word(&["PNG"]), SLACK),
    must(Target::Slack, Pixels(Sticker), size(Size::Exactly(128, 128)), SLACK),
    must(Target::Slack, Bytes(Sticker), AtMost(128_000), SLACK),
    must(Target::Slack, Frames, Exactly(1), SLACK),
    must(Target::Slack, NameLetters, form(Form::SlackName), SLACK),
    must(Target::Slack, Listed, form(Form::NothingAmiss), WHOLE),
    must(Target::Slack, Seen, AtLeast(1), WHOLE),
    must(Target::IMessage, Format(Sticker), Word(&["PNG"]), APPLE_GUIDELINES),
    must(Target::IMessage, Pixels(Sticker), size(Size::Squares(&[300, 408, 618])), APPLE_GUIDELINES),
    must(Target::IMessage, Sizes, Exactly(1), APPLE_GUIDELINES),
    must(Target::IMessage, Bytes(Sticker), AtMost(500_000), APPLE_GUIDELINES),
    must(Target::IMessage, Frames, Exactly(1), APPLE_GUIDELINES),
    must(Target::IMessage, AltText, AtMost(150), APPLE_GUIDELINES),
    must(Target::IMessage, GridSize, Word(&["small", "regular", "large"]), APPLE),
    must(Target::IMessage, GridSide, form(Form::NothingAmiss), APPLE_GUIDELINES),
    must(Target::IMessage, Tree, form(Form::NothingAmiss), APPLE),
    must(Target::IMessage, Icons, Exactly(13), APPLE),
    must(Target::IMessage, Seen, AtLeast(1), WHOLE),
    must(Target::Line, Stickers, OneOf(&[8, 16, 24, 32, 40]), LINE),
    must(Target::Line, Format(Sticker), Word(&["PNG"]), LINE),
    must(Target::Line, Pixels(Sticker), size(Size::EvenWithin(370, 320)), LINE),
    must(Target::Line, Bytes(Sticker), AtMost(1_000_000), LINE),
    must(Target::Line, Frames, Exactly(1), LINE),
    // A palette is one of RGB.
    must(Target::Line, Colours, Word(&["RGB", "RGBA", "palette"]), LINE),
    must(Target::Line, Numbering, form(Form::NothingAmiss), LINE),
    advice(Target::Line, Margin, AtLeast(10), LINE),
    must(Target::Line, Format(Main), Word(&["PNG"]), LINE),
    must(Target::Line, Pixels(Main), size(Size::Exactly(240, 240)), LINE),
    must(Target::Line, Bytes(Main), AtMost(1_000_000), LINE),
    must(Target::Line, Format(Tab), Word(&["PNG"]), LINE),
    must(Target::Line, Pixels(Tab), size(Size::Exactly(96, 74)), LINE),
    must(Target::Line, Bytes(Tab), AtMost(1_000_000), LINE),
    must(Target::Line, ArchiveBytes, AtMost(20_000_000), LINE),
    must(Target::Line, Title, Between(1, 40), LINE),
    must(Target::Line, Author, Between(1, 50), LINE),
    must(Target::Line, Seen, AtLeast(1), WHOLE),
    must(Target::Mastodon, Format(Sticker), Word(&["PNG", "WebP"]), MASTODON),
    advice(Target::Mastodon, Pixels(Sticker), size(Size::Within(128, 128)), MASTODON),
    must(Target::Mastodon, Bytes(Sticker), AtMost(50_000), MASTODON),
    must(Target::Mastodon, Frames, Exactly(1), MASTODON),
    must(Target::Mastodon, Name, AtLeast(2), MASTODON),
    must(Target::Mastodon, NameLetters, form(Form::Shortcode), MASTODON),
    must(Target::Mastodon, ArchiveFiles, form(Form::NothingAmiss), MASTODON),
    must(Target::Mastodon, Listed, form(Form::NothingAmiss), WHOLE),
    must(Target::Mastodon, Seen, AtLeast(1), WHOLE),
    must(Target::Matrix, Format(Sticker), Word(&["PNG", "WebP"]), MATRIX),
    advice(Target::Matrix, Pixels(Sticker), size(Size::AtLeast(512, 512)), MATRIX),
    must(Target::Matrix, Frames, Exactly(1), MATRIX),
    // In bytes.
    must(Target::Matrix, Name, Between(1, 100), MATRIX),
    must(Target::Matrix, NameLetters, form(Form::MatrixShortcode), MATRIX),
    must(Target::Matrix, EventBytes, AtMost(65_535), MATRIX),
    must(Target::Matrix, StatedInfo, form(Form::NothingAmiss), MATRIX),
    must(Target::Matrix, Listed, form(Form::NothingAmiss), MATRIX),
    must(Target::Matrix, Seen, AtLeast(1), WHOLE),
    must(Target::Twitch, Format(Sticker), Word(&["PNG"]), TWITCH),
    must(Target::Twitch, Pixels(Sticker), size(Size::Squares(&[28, 56, 112])), TWITCH),
    must(Target::Twitch, Bytes(Sticker), AtMost(100_000), TWITCH),
    advice(Target::Twitch, Bytes(Sticker), AtMost(25_000), TWITCH),
    must(Target::Twitch, SizesOfEach, Exactly(3), TWITCH),
    must(Target::Twitch, Frames, Exactly(1), TWITCH),
    must(Target::Twitch, Seen, AtLeast(1), WHOLE),
    must(Target::Kick, Format(Sticker), Word(&["PNG"]), KICK),
    must(Target::Kick, Pixels(Sticker), size(Size::Within(500, 500)), KICK),
    must(Target::Kick, Bytes(Sticker), AtMost(1_000_000), KICK),
    must(Target::Kick, SizesOfEach, Exactly(1), WHOLE),
    must(Target::Kick, Frames, Exactly(1), KICK),
    must(Target::Kick, Seen, AtLeast(1), WHOLE),
    must(Target::YouTube, Format(Sticker), Word(&["PNG"]), YOUTUBE),
    must(Target::YouTube, Pixels(Sticker), size(Size::Square(48, 480)), YOUTUBE),
    must(Target::YouTube, Bytes(Sticker), AtMost(1_000_000), YOUTUBE),
    must(Target::YouTube, SizesOfEach, Exactly(1), WHOLE),
    must(Target::YouTube, Frames, Exactly(1), YOUTUBE),
    must(Target::YouTube, Seen, AtLeast(1), WHOLE),
    must(Target::Png, Format(Sticker), Word(&["PNG"]), PNG),
    must(Target::Png, Listed, form(Form::NothingAmiss), WHOLE),
    must(Target::Png, Seen, AtLeast(1), WHOLE),
    must(Target::WebP, Format(Sticker), Word(&["WebP"]), WEBP),
    must(Target::WebP, Listed, form(Form::NothingAmiss), WHOLE),
    must(Target::WebP, Seen, AtLeast(1), WHOLE),
    advice(Target::Print, Dpi, AtLeast(300), PRINTERS),
    must(Target::Print, Density, Exactly(11_811), PRINTERS),
    must(Target::Print, CutLines, form(Form::NothingAmiss), PRINTERS),
    must(Target::Print, CutUnits, form(Form::Millimetres), PRINTERS),
    must(Target::Print, SheetFiles, form(Form::NothingAmiss), WHOLE),
    must(Target::Print, SpotColour, form(Form::NothingAmiss), PRINTERS),
    must(Target::Print, HalfClear, Exactly(0), CRICUT),
    must(Target::Print, Seen, AtLeast(1), WHOLE),
];
