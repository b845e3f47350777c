import Runtime

extension RunContext {
    /// The command for the run's date and cycle.
    package func line(_ command: NextCommand, _ options: String...) -> String {
        ([command.line(businessDate, cycle)] + options).joined(separator: " ")
    }
}

extension StageRunner {
    /// The command for the runner's date and cycle.
    func line(_ command: NextCommand, _ options: String...) -> String {
        ([command.line(businessDate, cycle)] + options).joined(separator: " ")
    }
}
