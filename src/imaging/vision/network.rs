//! One bundled network: an image in, flat lists of numbers out.

use rten::{Model, NodeId};
use rten_tensor::NdTensor;

use super::{IsStopped, VisionError};

/// Runs `work`, which runs networks in parallel, on the very threads that each run is spread over: from outside,
/// every run would wait for them.
pub(super) fn side_by_side<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    rten::thread_pool().run(work)
}

/// A network with one picture as input.
pub(super) struct Network {
    name: &'static str,
    model: Model,
    input: NodeId,
}

impl Network {
    /// Reads an ONNX file that lies in the program.
    pub(super) fn load(name: &'static str, file: &'static [u8]) -> Result<Self, VisionError> {
        let model = Model::load_static_slice(file)
            .map_err(|error| VisionError::Unreadable { network: name, reason: error.to_string() })?;
        let Some(&input) = model.input_ids().first() else {
            return Err(VisionError::Unreadable { network: name, reason: "it has no input".to_owned() });
        };
        Ok(Self { name, model, input })
    }

    /// Runs on one square picture of `side` pixels (rows of RGB triples) and returns each output, flat.
    pub(super) fn run(
        &self,
        side: usize,
        pixels: Vec<f32>,
        is_stopped: IsStopped<'_>,
    ) -> Result<Vec<Vec<f32>>, VisionError> {
        if is_stopped() {
            return Err(VisionError::Stopped);
        }
        let picture = NdTensor::from_data([1, side, side, 3], pixels);
        let outputs = self
            .model
            .run(vec![(self.input, picture.into())], self.model.output_ids(), None)
            .map_err(|error| self.failed(error.to_string()))?;
        outputs
            .into_iter()
            .map(|output| {
                let tensor = output.into_tensor::<f32>().ok_or_else(|| self.failed("it gave no numbers".to_owned()))?;
                Ok(tensor.into_data())
            })
            .collect()
    }

    /// The output with this many numbers; their order in the file is no promise.
    pub(super) fn pick(&self, outputs: &mut Vec<Vec<f32>>, length: usize) -> Result<Vec<f32>, VisionError> {
        let place = outputs.iter().position(|output| output.len() == length);
        place
            .map(|place| outputs.swap_remove(place))
            .ok_or_else(|| self.failed(format!("it has no output of {length} numbers")))
    }

    fn failed(&self, reason: String) -> VisionError {
        VisionError::Failed { network: self.name, reason }
    }
}
