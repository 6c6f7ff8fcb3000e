//! Random documents: whatever a scene may hold, the file is sound.

use exhibit_scene::Fonts;
use exhibit_tests::documents::random::drafts;
use proptest::test_runner::{Config, TestRunner};

use super::sound;

#[test]
fn random_documents_are_sound() {
    let fonts = Fonts::builtin();
    let config = Config {
        cases: 96,
        failure_persistence: None,
        ..Config::default()
    };
    let result = TestRunner::new(config).run(&drafts(), |draft| {
        sound(&exhibit_pdf::write(&draft.document(&fonts), &fonts));
        Ok(())
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
}
