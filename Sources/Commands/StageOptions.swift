import ArgumentParser
import ClearingModel
import Quantities
import Runtime

/// What every stage and most of the operator's commands take.
package struct StageOptions: ParsableArguments {
    @Option(help: "The business date, as 2018-12-31. It is never taken from the clock.")
    var businessDate: BusinessDate

    @Option(help: "EOD for the end of the day, ITD for an intraday run.")
    package var cycle: Cycle = .endOfDay

    @OptionGroup private var tasks: ThreadsOption

    @OptionGroup private var folder: ReportsOption

    @Option(help: "A Prometheus textfile to write when the command is over.")
    var metrics: String = Settings.current.value(.metrics)

    @Flag(help: "Say nothing but warnings and errors.")
    package var quiet = false

    @Flag(help: "Print one JSON document instead of lines.")
    package var json = false

    package init() {}

    package var date: BusinessDate { businessDate }

    package var reports: String { folder.reports }

    /// Whether lines are printed as things happen.
    package var speaks: Bool { !quiet && !json }

    var threads: Int { tasks.threads }

    /// The command for this date and cycle, and with these reports where it writes some.
    package func line(_ command: NextCommand, _ options: String...) -> String {
        let writes = [.run, .rerun, .publish].contains(command)
        return ([command.line(date, cycle)] + options).joined(separator: " ") + (writes ? reportsElsewhere : "")
    }

    /// What names the reports folder behind a command where it is not the one of the settings.
    package var reportsElsewhere: String {
        reports == Settings.current.value(.reports) ? "" : " --reports \(reports.shellWord)"
    }

    /// The settings of a run, with the reason the operator gave.
    package func settings(reason: String = "") -> RunSettings {
        RunSettings(threads: threads, reportsFolder: reports, reason: reason, log: EventLog(quiet: quiet))
    }
}

extension BusinessDate: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension Cycle: ExpressibleByArgument {}
