//! Where stickers can go.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A platform, and what it takes stickers as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum Target {
    /// A WhatsApp pack: `contents.json` with its pictures, and a `.wastickers` archive.
    WhatsApp,
    /// Single stickers to drop into WhatsApp on a computer.
    WhatsAppSingle,
    /// A Telegram set.
    Telegram,
    /// Telegram custom emoji.
    TelegramEmoji,
    /// A Signal pack.
    Signal,
    /// Discord stickers.
    Discord,
    /// Discord emoji.
    DiscordEmoji,
    /// Slack emoji.
    Slack,
    /// An iMessage sticker pack for Xcode.
    IMessage,
    /// A LINE set.
    Line,
    /// Mastodon emoji, and an archive for its administrator.
    Mastodon,
    /// A Matrix image pack.
    Matrix,
    /// Twitch emotes.
    Twitch,
    /// Kick emotes.
    Kick,
    /// YouTube channel emoji.
    YouTube,
    /// Plain PNG files.
    Png,
    /// Plain WebP files.
    WebP,
    /// Sheets to print and cut.
    Print,
}

impl Target {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 18] = [
        Self::WhatsApp,
        Self::WhatsAppSingle,
        Self::Telegram,
        Self::TelegramEmoji,
        Self::Signal,
        Self::Discord,
        Self::DiscordEmoji,
        Self::Slack,
        Self::IMessage,
        Self::Line,
        Self::Mastodon,
        Self::Matrix,
        Self::Twitch,
        Self::Kick,
        Self::YouTube,
        Self::Png,
        Self::WebP,
        Self::Print,
    ];

    /// Its word on the command line, in folder names and in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::WhatsApp => "whatsapp",
            Self::WhatsAppSingle => "whatsapp-single",
            Self::Telegram => "telegram",
            Self::TelegramEmoji => "telegram-emoji",
            Self::Signal => "signal",
            Self::Discord => "discord",
            Self::DiscordEmoji => "discord-emoji",
            Self::Slack => "slack",
            Self::IMessage => "imessage",
            Self::Line => "line",
            Self::Mastodon => "mastodon",
            Self::Matrix => "matrix",
            Self::Twitch => "twitch",
            Self::Kick => "kick",
            Self::YouTube => "youtube",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Print => "print",
        }
    }

    /// Its name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::WhatsApp => "WhatsApp",
            Self::WhatsAppSingle => "WhatsApp, single stickers",
            Self::Telegram => "Telegram",
            Self::TelegramEmoji => "Telegram emoji",
            Self::Signal => "Signal",
            Self::Discord => "Discord",
            Self::DiscordEmoji => "Discord emoji",
            Self::Slack => "Slack",
            Self::IMessage => "iMessage",
            Self::Line => "LINE",
            Self::Mastodon => "Mastodon",
            Self::Matrix => "Matrix",
            Self::Twitch => "Twitch",
            Self::Kick => "Kick",
            Self::YouTube => "YouTube",
            Self::Png => "PNG files",
            Self::WebP => "WebP files",
            Self::Print => "Print and cut",
        }
    }

    /// What it takes stickers as, in a few words.
    pub const fn what(self) -> &'static str {
        match self {
            Self::WhatsApp | Self::Signal | Self::IMessage => "sticker pack",
            Self::WhatsAppSingle | Self::Discord => "stickers",
            Self::Telegram | Self::Line => "sticker set",
            Self::TelegramEmoji | Self::DiscordEmoji | Self::Slack | Self::Mastodon | Self::YouTube => "emoji",
            Self::Matrix => "image pack",
            Self::Twitch | Self::Kick => "emotes",
            Self::Png | Self::WebP => "pictures",
            Self::Print => "sheets",
        }
    }

    /// The target of this word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.id() == id)
    }
}

impl From<Target> for &'static str {
    fn from(target: Target) -> Self {
        target.id()
    }
}

impl TryFrom<String> for Target {
    type Error = String;

    fn try_from(id: String) -> Result<Self, String> {
        Self::from_id(&id).ok_or(id)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_found_by_its_word() {
        for target in Target::ALL {
            assert_eq!(Target::from_id(target.id()), Some(target));
        }
        assert_eq!(Target::from_id("myspace"), None);
    }
}
