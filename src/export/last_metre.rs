//! What a person does with the files that were written for a platform.

use model::Target;

/// Three sentences: where the files go, what is pressed there, and what to know.
pub const fn last_metre(target: Target) -> [&'static str; 3] {
    match target {
        Target::WhatsApp => [
            "Send the .wastickers file to your phone, by cable, mail or any cloud.",
            "Open it there with a sticker maker app that takes .wastickers, and press Add to WhatsApp.",
            "WhatsApp takes packs from apps only; one sticker alone needs none of this.",
        ],
        Target::WhatsAppSingle => [
            "Open WhatsApp on this computer, in its window or in the browser.",
            "In a chat, press the sticker button, then the plus, and choose the file.",
            "It stays among your stickers, also on the phone.",
        ],
        Target::Telegram | Target::TelegramEmoji => [
            "In Telegram, open a chat with @Stickers and send /newpack, or /newemojipack for emoji.",
            "Send the files one by one as files, each followed by its emoji from emoji.txt.",
            "Send /publish; or give set.json to a bot of your own, with _by_yourbot added to the name in it.",
        ],
        Target::Signal => [
            "Open Signal on this computer, and choose File, Create or upload sticker pack.",
            "Drag all pictures in, give each its emoji from emoji.txt, then choose the cover.",
            "Copy title and author from their files; Signal then gives you a link to share.",
        ],
        Target::Discord => [
            "In Discord, open Server settings, then Stickers, and press Upload sticker.",
            "Choose a file, and give it its name and the emoji from emoji.txt.",
            "You need the right to manage expressions on that server.",
        ],
        Target::DiscordEmoji => [
            "In Discord, open Server settings, then Emoji, and press Upload emoji.",
            "Choose all files at once; each is called as its file.",
            "A server without boosts takes 50 of them.",
        ],
        Target::Slack => [
            "In Slack, open the emoji picker and press Add emoji.",
            "Upload each file, and call it as the file is called.",
            "Some workspaces let only administrators add emoji.",
        ],
        Target::IMessage => [
            "On a Mac, make a new Sticker Pack App in Xcode, and drag Stickers.xcstickers into it in place of its own.",
            "Choose your team under Signing, then run it on your iPhone.",
            "The pack is in Messages at once; App Store Connect brings it to others.",
        ],
        Target::Line => [
            "Sign in at creator.line.me and make a new sticker set.",
            "Upload the ZIP file; it has the main picture, the tab and every sticker.",
            "LINE looks at each set before it is sold or shared.",
        ],
        Target::Mastodon => [
            "As administrator, open Administration, Custom emoji, and upload each file.",
            "Or copy the archive to the server and run tootctl emoji import.",
            "People write the file's name between two colons.",
        ],
        Target::Matrix => [
            "In Element or Cinny, open the settings of a room and its emoji and stickers.",
            "Upload the pictures there, or give the JSON file to a pack manager.",
            "Everybody in the room can use them.",
        ],
        Target::Twitch => [
            "Open the Creator Dashboard, then Viewer rewards, Emotes.",
            "Choose the advanced upload, and give each emote its three sizes.",
            "New emotes of small channels are looked at first.",
        ],
        Target::Kick => [
            "Open the Creator Dashboard, then Community, Emotes.",
            "Upload each file, and call it as the file is called.",
            "Only subscribers see emotes marked so.",
        ],
        Target::YouTube => [
            "Open YouTube Studio, then Earn, Memberships, and Add emoji.",
            "Upload each file, and call it as the file is called.",
            "Members of the channel can use them in chats.",
        ],
        Target::Png | Target::WebP => [
            "The files lie in a new folder, one a sticker.",
            "Drag them into a chat, a document or a shop.",
            "They are as large as the stickers, and clear around them.",
        ],
        Target::Print => [
            "Print the PDF at 100 %, without fitting it to the page.",
            "Load the SVG or the PDF's CutContour lines into the cutter's program.",
            "Cut one sheet of plain paper first, and correct the offset by what you see.",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_three_whole_sentences() {
        for target in Target::ALL {
            for sentence in last_metre(target) {
                assert!(sentence.ends_with('.') && sentence.len() > 20, "{target}: {sentence}");
            }
        }
    }
}
