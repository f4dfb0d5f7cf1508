//! What steps brought when they were tried, or would bring.

use contract::commands::{ChooseSample, ForgetSample, KeepSample};
use contract::{Code, Fault, FlowId, Sample};
use serde_json::Value;

use super::super::words::{name, plain};
use super::SHORT;
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

/// Larger samples are refused, in bytes.
const SAMPLE: usize = 10 << 20;

impl Handle<KeepSample> for Ask<'_> {
    async fn handle(&self, input: KeepSample) -> Result<Vec<Sample>, Fault> {
        let called = match input.name.trim() {
            "" => "",
            given => name("name", "The name of a sample", given, SHORT)?,
        };
        if input.value.len() > SAMPLE {
            return Err(Fault::invalid(
                "value",
                "The sample is larger than 10 MB. Leave out what the steps do not use.",
            ));
        }
        if let Err(why) = serde_json::from_str::<Value>(&input.value) {
            let message = format!("This is no JSON (line {}, column {}). Correct it there.", why.line(), why.column());
            return Err(Fault::invalid("value", message));
        }
        self.desk().await?.store.keep_sample(input.id, &input.step, called, &input.value).await.into_fault()?;
        self.samples(input.id).await
    }
}

impl Handle<ChooseSample> for Ask<'_> {
    async fn handle(&self, input: ChooseSample) -> Result<Vec<Sample>, Fault> {
        if !self.desk().await?.store.choose_sample(input.id, &input.step, &input.name).await.into_fault()? {
            let message = format!("There is no sample “{}” of this step. Choose another.", plain(&input.name, SHORT));
            return Err(Fault::new(Code::NotFound, message));
        }
        self.samples(input.id).await
    }
}

impl Handle<ForgetSample> for Ask<'_> {
    async fn handle(&self, input: ForgetSample) -> Result<Vec<Sample>, Fault> {
        self.desk().await?.store.forget_sample(input.id, &input.step, &input.name).await.into_fault()?;
        self.samples(input.id).await
    }
}

impl Ask<'_> {
    async fn samples(&self, id: FlowId) -> Result<Vec<Sample>, Fault> {
        self.desk().await?.store.samples(id).await.into_fault()
    }
}
