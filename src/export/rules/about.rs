//! What rules speak of.

/// Which picture of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A sticker.
    Sticker,
    /// WhatsApp's icon for the tray.
    Tray,
    /// Signal's cover, and that of an archive.
    Cover,
    /// Telegram's thumbnail of a set.
    Thumbnail,
    /// LINE's main picture.
    Main,
    /// LINE's picture for the tab.
    Tab,
}

/// What a rule speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// How many stickers there are.
    Stickers,
    /// The format of a picture.
    Format(Part),
    /// Width and height of a picture, in pixels.
    Pixels(Part),
    /// Size of a picture's file, in bytes.
    Bytes(Part),
    /// How many pixels of a picture can be seen.
    Seen,
    /// What the pixels of a PNG file are.
    Colours,
    /// How many frames a sticker has.
    Frames,
    /// The chunks of a WebP file.
    Chunks,
    /// Clear pixels around what is drawn, on the side with the fewest.
    Margin,
    /// The highest alpha of the four corners, 0 to 255.
    Corners,
    /// Size in bytes after the platform's own program has written the picture anew.
    WrittenAnew,
    /// How many different sizes the stickers have.
    Sizes,
    /// In how many sizes each sticker is there.
    SizesOfEach,
    /// The numbers that the files of the stickers are called by.
    Numbering,
    /// How many emoji a sticker has.
    Emoji,
    /// The length of a sticker's description for those who cannot see it.
    AltText,
    /// The length of the pack's name.
    Title,
    /// The length of the author's name.
    Author,
    /// The length of the pack's name for programs.
    Identifier,
    /// The letters of the pack's name for programs.
    IdentifierLetters,
    /// Whether what a list names is there, and what is there is listed.
    Listed,
    /// What a list says that a file is.
    StatedFormat,
    /// What a list says of the size and format of a picture.
    StatedInfo,
    /// For what a set says that its stickers are.
    SetType,
    /// The length of a sticker's name.
    Name,
    /// The letters of a sticker's name.
    NameLetters,
    /// The length of the words by which a sticker is found.
    Tags,
    /// How many such words there are.
    Keywords,
    /// WhatsApp's link to Google's shop.
    PlayStoreLink,
    /// WhatsApp's link to Apple's shop.
    AppStoreLink,
    /// WhatsApp's other links.
    Links,
    /// The address under which WhatsApp's users reach who made a pack.
    Email,
    /// Whether WhatsApp is told that all stickers of a pack move.
    MarkedAnimated,
    /// What WhatsApp's own program would not read of the list of packs.
    Contents,
    /// The number that WhatsApp compares to see that a pack has changed.
    DataVersion,
    /// The files of an archive.
    ArchiveFiles,
    /// The size of an archive, in bytes.
    ArchiveBytes,
    /// The size of Matrix' event, in bytes.
    EventBytes,
    /// iMessage's word for the size of its stickers.
    GridSize,
    /// Whether iMessage's stickers are as large as its word says.
    GridSide,
    /// iMessage's tree of folders.
    Tree,
    /// iMessage's icons that are opaque and of their size.
    Icons,
    /// Pixels of a sticker for each inch of paper.
    Dpi,
    /// Pixels of a sheet to a metre of paper, as its file says.
    Density,
    /// The files of each sheet.
    SheetFiles,
    /// The lines along which a sheet is cut.
    CutLines,
    /// In what the cut lines are measured.
    CutUnits,
    /// The spot colour of the cut lines.
    SpotColour,
    /// Pixels of a flat sheet that are neither clear nor opaque.
    HalfClear,
}

impl Part {
    const fn format_label(self) -> &'static str {
        match self {
            Self::Sticker => "Format",
            Self::Tray => "Tray icon's format",
            Self::Cover => "Cover's format",
            Self::Thumbnail => "Thumbnail's format",
            Self::Main => "Main picture's format",
            Self::Tab => "Tab picture's format",
        }
    }

    const fn pixels_label(self) -> &'static str {
        match self {
            Self::Sticker => "Pixels",
            Self::Tray => "Tray icon",
            Self::Cover => "Cover",
            Self::Thumbnail => "Thumbnail",
            Self::Main => "Main picture",
            Self::Tab => "Tab picture",
        }
    }

    const fn bytes_label(self) -> &'static str {
        match self {
            Self::Sticker => "Largest file",
            Self::Tray => "Tray icon's file",
            Self::Cover => "Cover's file",
            Self::Thumbnail => "Thumbnail's file",
            Self::Main => "Main picture's file",
            Self::Tab => "Tab picture's file",
        }
    }
}

impl About {
    /// What it speaks of, for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Stickers => "Stickers",
            Self::Format(part) => part.format_label(),
            Self::Pixels(part) => part.pixels_label(),
            Self::Bytes(part) => part.bytes_label(),
            Self::Seen => "Pixels that are seen",
            Self::Colours => "Colours",
            Self::Frames => "Frames",
            Self::Chunks => "Inside the files",
            Self::Margin => "Margin",
            Self::Corners => "Corners",
            Self::WrittenAnew => "Written anew by Signal",
            Self::Sizes => "Different sizes",
            Self::SizesOfEach => "Sizes of each sticker",
            Self::Numbering => "Numbering",
            Self::Emoji => "Emoji",
            Self::AltText => "Alt text",
            Self::Title => "Name of the pack",
            Self::Author => "Author",
            Self::Identifier => "Identifier",
            Self::IdentifierLetters => "Letters of the identifier",
            Self::Listed => "Listed files",
            Self::StatedFormat => "Format in the list",
            Self::StatedInfo => "Sizes in the list",
            Self::SetType => "Kind of set",
            Self::Name => "Names",
            Self::NameLetters => "Letters of the names",
            Self::Tags => "Search words",
            Self::Keywords => "Number of search words",
            Self::PlayStoreLink => "Link to Google's shop",
            Self::AppStoreLink => "Link to Apple's shop",
            Self::Links => "Other links",
            Self::Email => "Mail address",
            Self::MarkedAnimated => "Marked as animated",
            Self::Contents => "List of packs",
            Self::DataVersion => "Version of the pack",
            Self::ArchiveFiles => "Files of the archive",
            Self::ArchiveBytes => "Size of the archive",
            Self::EventBytes => "Size of the event",
            Self::GridSize => "Grid size",
            Self::GridSide => "Size for the grid",
            Self::Tree => "Folders",
            Self::Icons => "Icons",
            Self::Dpi => "Pixels to an inch",
            Self::Density => "Pixels to a metre",
            Self::SheetFiles => "Files of each sheet",
            Self::CutLines => "Cut lines",
            Self::CutUnits => "Units of the cut lines",
            Self::SpotColour => "Spot colour",
            Self::HalfClear => "Half clear pixels",
        }
    }

    /// What its numbers count, after the number; nothing for other values.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Bytes(_) | Self::WrittenAnew | Self::ArchiveBytes | Self::EventBytes => "bytes",
            Self::Margin | Self::Pixels(_) | Self::Seen => "px",
            Self::AltText | Self::Title | Self::Author | Self::Identifier | Self::Name | Self::Tags => "letters",
            _ => "",
        }
    }
}
