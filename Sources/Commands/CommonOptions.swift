import ArgumentParser
import ClearingModel
import Quantities
import Runtime

/// The business date that a command looks at or decides about.
package struct BusinessDateOption: ParsableArguments {
    @Option(help: "The business date.")
    package var businessDate: BusinessDate

    package init() {}
}

/// A business date and a cycle.
package struct DateOptions: ParsableArguments {
    @OptionGroup private var date: BusinessDateOption

    @Option(help: "EOD or ITD.")
    package var cycle: Cycle = .endOfDay

    package init() {}

    package var businessDate: BusinessDate { date.businessDate }
}

/// A run: the published one of a date and cycle, or any by its number.
package struct RunOptions: ParsableArguments {
    @OptionGroup private var date: DateOptions

    @Option(help: "The run's number; the published run if left out.")
    package var run: Int32?

    package init() {}

    package var businessDate: BusinessDate { date.businessDate }
    package var cycle: Cycle { date.cycle }
}

/// The folder that holds, or takes, the report folders of dates.
package struct ReportsOption: ParsableArguments {
    @Option(help: "The folder that takes the report folders.")
    package var reports: String = Settings.current.value(.reports)

    package init() {}
}

/// How many tasks compute.
package struct ThreadsOption: ParsableArguments {
    @Option(help: "Tasks that compute at the same time. Results do not depend on it.")
    package var threads: Int = Settings.current.number(.threads)

    package init() {}

    package func validate() throws {
        guard threads > 0 else { throw ValidationError("--threads must be above 0") }
    }
}

/// Who signs what a command changes.
package struct PersonOption: ParsableArguments {
    @Option(name: .customLong("as"), help: "Go on as this login; the operating user of a private cluster may.")
    package var person: String?

    package init() {}
}

/// Whether a program reads what a command says.
package struct OutputOptions: ParsableArguments {
    @Flag(help: "Print one JSON document.")
    package var json = false

    package init() {}
}

/// Where a command writes what it proposes.
package struct ProposalFolderOption: ParsableArguments {
    @Option(help: "A folder to write it into, as files for margin load; it is made.")
    package var out: String?

    package init() {}
}

/// What every approval takes.
package struct ApprovalOptions: ParsableArguments {
    @Option(help: "Why it is right.")
    package var reason: String?

    @Flag(help: "Only show what would be approved.")
    package var dryRun = false

    package init() {}

    package func validate() throws {
        if reason == nil, !dryRun { throw ValidationError("--reason says why it is right; or --dry-run to look") }
    }
}

extension ExactDecimal: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}
