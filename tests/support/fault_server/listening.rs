//! Doors that let nobody in: a port where nobody listens, and one that swallows whoever knocks.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// Holds the port, so that nobody else gets it meanwhile.
pub(super) enum Shut {
    Refusing(TcpSocket),
    BlackHole { listener: TcpListener, knocked: Vec<TcpStream> },
}

fn bound(address: SocketAddr) -> TcpSocket {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_reuseaddr(true).unwrap();
    socket.bind(address).unwrap();
    socket
}

/// From now on connections to `address` are refused.
pub(super) fn refusing(listener: TcpListener, address: SocketAddr) -> Shut {
    drop(listener);
    Shut::Refusing(bound(address))
}

/// From now on nobody answers who connects to `address`: its queue is full, so the system drops every greeting.
pub(super) async fn black_hole(listener: TcpListener, address: SocketAddr) -> Shut {
    drop(listener);
    let listener = bound(address).listen(0).unwrap();
    let mut knocked = Vec::new();
    while let Ok(stream) = tokio::time::timeout(Duration::from_millis(300), TcpStream::connect(address)).await {
        knocked.push(stream.unwrap());
    }
    Shut::BlackHole { listener, knocked }
}

impl Shut {
    /// Lets everybody in again.
    pub(super) fn open(self, address: SocketAddr) -> TcpListener {
        match self {
            Self::Refusing(socket) => socket.listen(64).unwrap(),
            Self::BlackHole { listener, knocked } => {
                drop((listener, knocked));
                bound(address).listen(64).unwrap()
            }
        }
    }
}
