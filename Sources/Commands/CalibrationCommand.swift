import ArgumentParser
import Calibration
import ClearingModel
import EndOfDay
import Operations
import Quantities
import Runtime
import Storage
import Validation

/// What a calibration takes.
package struct CalibrationOptions: ParsableArguments {
    @Option(help: "The last day whose levels count, as 2018-12-31. It is never taken from the clock.")
    var date: BusinessDate

    @Option(help: "The first business date of the proposed set.")
    var effectiveFrom: BusinessDate

    @Option(help: "The proposed set's code.")
    var code: String

    @Option(help: "Why it is proposed.")
    var reason: String

    @Option(
        help:
            "A calendar year through which rules of price scan ranges are walked; may be repeated."
    )
    var crisisYear: [Int] = CrisisYears.usualYears

    @Option(help: "In such a year, days of the factor from one calibration to the next.")
    var crisisStep = 1

    @Option(
        help:
            "A folder that is made for the reports, as CSV and JSON: calibration, crises, impact, second opinion."
    )
    var out: String?

    @OptionGroup var learning: LearningOptions

    @OptionGroup var nights: ImpactOptions

    @OptionGroup var person: PersonOption

    @OptionGroup var output: OutputOptions

    package init() {}

    package func validate() throws {
        guard (1...250).contains(crisisStep) else { throw ValidationError("--crisis-step must be 1 to 250") }
    }
}

/// What the second opinion among the reports looks at.
package struct LearningOptions: ParsableArguments {
    @Option(help: "Of the second opinion: days of levels that are learned from.")
    private var learnDays = LearningTerms().lookBackDays

    @Option(help: "Of the second opinion: days from one calibration of its walks to the next.")
    private var walkDays = LearningTerms().walkDays

    @Option(help: "Of the second opinion: products up to this mean distance, √(2(1 − correlation)), are a group.")
    private var groupDistance = LearningTerms().groupDistance

    package init() {}

    package func validate() throws {
        guard (20...5000).contains(learnDays) else {
            throw ValidationError("--learn-days \(learnDays) is not 20 to 5000")
        }
        guard (1...5000).contains(walkDays) else { throw ValidationError("--walk-days \(walkDays) is not 1 to 5000") }
        guard groupDistance >= .zero, groupDistance <= ExactDecimal(2) else {
            throw ValidationError("--group-distance \(groupDistance) is not 0 to 2")
        }
    }

    var terms: LearningTerms {
        var terms = LearningTerms()
        terms.lookBackDays = learnDays
        terms.minObservations = min(terms.minObservations, learnDays)
        terms.walkDays = walkDays
        terms.groupDistance = groupDistance
        return terms
    }
}

/// On how many nights a set is tried, and with how many tasks.
package struct ImpactOptions: ParsableArguments {
    @Option(help: "On how many published nights, the last ones, the set is tried; 0 for none.")
    package var nights = 5

    @OptionGroup private var tasks: ThreadsOption

    package init() {}

    package func validate() throws {
        guard (0...1000).contains(nights) else { throw ValidationError("--nights \(nights) is not 0 to 1000") }
    }

    /// What stages are told that write no report.
    package func settings() -> RunSettings {
        RunSettings(threads: tasks.threads, reportsFolder: "", log: EventLog(quiet: false))
    }
}

/// The program that calibrates and proposes.
package protocol CalibrationCommand: AsyncParsableCommand {
    var options: CalibrationOptions { get }
}

extension CalibrationCommand {
    /// The program's entry.
    package static func main() async { await Program.main(Self.self) }

    package func run() async throws {
        try await reportingFailures {
            let database = try await Session.open(as: options.person.person)
            let proposed = try ProposedCalibration.propose(
                ParameterSetCode(options.code), on: options.date, effectiveFrom: options.effectiveFrom,
                reason: options.reason,
                crises: CrisisTerms(years: options.crisisYear, recalibrateDays: options.crisisStep), database: database)
            // The proposal is kept by now: what it would have asked for is computed beside it.
            let impact = try await ParameterImpact.of(
                proposed.parameterSet, nights: options.nights.nights, settings: options.nights.settings(), on: database)
            if let out = options.out {
                try proposed.write(to: out, with: impact, learning: options.learning.terms)
            }
            guard !options.output.json else { return say(String(decoding: proposed.json.dropLast(), as: UTF8.self)) }
            for line in proposed.lines + proposed.crisisLines + impact.lines { say(line.printable) }
            say(
                "parameter set \(proposed.parameterSet) is \(proposed.base) with these values from "
                    + "\(proposed.effectiveFrom), proposed by \(proposed.author)")
            say("next: margin parameters approve \(proposed.parameterSet.text.shellWord) --reason R")
        }
    }
}
