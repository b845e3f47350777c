import ClearingModel
import EndOfDay
import Operations
import Storage

/// What a program did for a run, as its one JSON document; units are in the names, amounts are texts.
package struct RunDocument: Encodable {
    /// One stage.
    package struct StageOutput: Encodable {
        /// The run it worked for; a night may make several.
        let run: Int32
        let stage: Stage
        /// complete: it was before; reused: the base's results stand; affected or whole: what it computed.
        let outcome: String
        /// Rows written, or findings or files.
        let rows: Int64
        let seconds: Double
        let peakMegabytes: Int

        package init(_ outcome: StageOutcome) {
            run = outcome.context.number
            stage = outcome.stage
            self.outcome = outcome.wasComplete ? "complete" : outcome.scope.rawValue
            rows = outcome.rows
            seconds = outcome.seconds
            peakMegabytes = outcome.peakMegabytes
        }
    }

    let businessDate: String
    let cycle: Cycle
    /// Nil where nothing was stale and no run was opened.
    let run: Int32?
    let baseRun: Int32?
    /// building, complete or published.
    let status: RunStatus?
    let stages: [StageOutput]
    /// Stages that do not fit what was computed.
    let leftStale: [String]
    /// What the night comes to by call currency; nil where a night was not computed to its end.
    let calls: RunSummary?
    /// Overrides that the run's parameter set has ended, a sentence each.
    let overridesEnded: [String]

    package init(
        _ options: StageOptions, _ context: RunContext?, status: RunStatus?, _ stages: [StageOutcome] = [],
        leftStale: [String] = [], calls: RunSummary? = nil, overridesEnded: [String] = []
    ) {
        businessDate = "\(options.date)"
        cycle = options.cycle
        run = context?.number
        baseRun = context?.base?.number
        self.status = status
        self.stages = stages.map(StageOutput.init)
        self.leftStale = leftStale
        self.calls = calls
        self.overridesEnded = overridesEnded
    }
}
