package enum PipelineRoom {}
