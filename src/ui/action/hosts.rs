//! What a person can ask about the places that photos go to.

use secrecy::SecretString;

use model::PhotoHost;

/// Something about hosts for photos.
#[derive(Clone, Debug)]
pub enum HostAction {
    /// Look at what is said of this host; nothing is agreed to yet.
    Pick(String),
    /// Agree to what is said of the picked host, and send photos there from now on.
    Agree {
        /// Go on with the run that asked for it?
        make: bool,
    },
    /// Keep the settings of a host.
    Keep {
        /// Its settings.
        host: PhotoHost,
        /// Its secret, which never prints; without one that is kept stays.
        secret: Option<SecretString>,
        /// Forget the secret when the window closes.
        session_only: bool,
        /// Send a test picture then?
        test: bool,
    },
    /// Choose the file of a custom uploader with the system's dialog.
    PickUploader {
        /// Forget it when the window closes.
        session_only: bool,
    },
    /// Use this text of a custom uploader.
    PasteUploader {
        /// The text, which may hold secrets and never prints.
        text: SecretString,
        /// Forget it when the window closes.
        session_only: bool,
    },
    /// Send a test picture to the host of this name.
    Test(String),
    /// Delete the host of this name with its secret.
    Remove(String),
    /// The list of uploads shows these: the first in sight, and the one behind the last.
    UploadsShow(usize, usize),
    /// Delete an upload at its host.
    DeleteUpload(String),
    /// Delete everything that was made of the photo in the form but its stickers.
    ForgetPhoto,
}

/// A kind of host that has something to type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HostForm {
    /// A bucket of one's own.
    Bucket,
    /// imgbb with one's own key.
    Imgbb,
    /// A custom uploader of `ShareX`.
    Uploader,
}
