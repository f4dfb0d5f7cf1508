//! What there is in the sample workspace alone.

use contract::commands::ListSamplePosts;
use contract::{Fault, SamplePost};

use crate::router::{Ask, Handle};

/// More messages than a person looks at.
const POSTS: usize = 100;

impl Handle<ListSamplePosts> for Ask<'_> {
    async fn handle(&self, _: ListSamplePosts) -> Result<Vec<SamplePost>, Fault> {
        let Some(slack) = self.desk().await?.automations.sample_slack() else { return Ok(Vec::new()) };
        let posts = slack.posted().into_iter().rev().take(POSTS);
        Ok(posts.map(|post| SamplePost { to: slack.called(&post.channel), text: post.text }).collect())
    }
}
