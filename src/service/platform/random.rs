//! Randomness of the operating system.

/// A random seed of a request, any of the 2³² values.
pub fn random_seed() -> u32 {
    u32::from_le_bytes(random_bytes())
}

/// 128 random bits as 32 lower-case hex digits: a name that nobody can guess and that never repeats.
pub fn random_hex_128() -> String {
    format!("{:032x}", u128::from_le_bytes(random_bytes()))
}

pub(super) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("every supported operating system gives random bytes once it runs programs");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_thirty_two_hex_digits_and_differ() {
        let name = random_hex_128();
        assert_eq!(name.len(), 32);
        assert!(name.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)));
        assert_ne!(name, random_hex_128());
    }
}
