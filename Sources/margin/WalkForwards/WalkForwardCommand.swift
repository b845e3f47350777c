import ArgumentParser
import Commands
import Operations
import Quantities
import Runtime
import TextFiles

/// `margin walk-forward`: calibration rules walked over histories from files, without a database.
struct WalkForwardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "walk-forward",
        abstract:
            "Walk calibration rules over whole histories, and say what they covered, how they rose, what they cost.",
        discussion: """
            Needs no database. Each rule is calibrated again and again, each time with the levels known by then, as \
            margin-backtest does with the levels that are loaded, and held against itself without tools against \
            procyclicality and without step limit. With --grid every choice of one value of each parameter is walked, \
            with --sweep each value alone; docs/calibration.md has what came of that for the shipped rule.
            """)

    @Argument(help: "The folder of calibration_rule.csv, walk_forward.csv, risk_factor.csv and currency.csv.")
    var rules = "fixtures/default-calibration"

    @Option(help: "A file in the columns of risk_factor_level, or a folder of them; may be repeated.")
    var history: [String] = ["fixtures/history"]

    @Option(help: "The last day whose level counts; all there are if left out.")
    var through: BusinessDate?

    @Option(help: "The first day that is told of; the walk begins where it can all the same.")
    var from: BusinessDate?

    @Option(help: "A calendar year to tell of; may be repeated.")
    var year: [Int] = [2008, 2020]

    @Option(help: "Days within which a margin's rise is looked for.")
    var riseDays = 10

    @Option(help: "A CSV file with the columns parameter and value: walk every choice of one value of each.")
    var grid: String?

    @Option(help: "A CSV file with the columns parameter and value: walk each value alone.")
    var sweep: String?

    @Flag(help: "Write procyclicality-disclosure into the folder too: how margins moved quarter by quarter.")
    var disclosure = false

    @OptionGroup private var measures: DisclosureOptions

    @OptionGroup private var tasks: ThreadsOption

    @Option(help: "A folder to write every table into, as CSV and as JSON; it is made.")
    var out: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...250).contains(riseDays) else { throw ValidationError("--rise-days must be 1 to 250") }
        guard grid == nil || sweep == nil else { throw ValidationError("--grid or --sweep, not both") }
        if let from, let through, from > through { throw ValidationError("--from must not be after --through") }
        guard !disclosure || (out != nil && grid == nil && sweep == nil) else {
            throw ValidationError("--disclosure goes with --out, and with neither --grid nor --sweep")
        }
        guard !year.isEmpty else { throw ValidationError("--year names a year") }
    }

    func run() async throws {
        try await reportingFailures {
            let walks = try RuleFolder(rules).walks(over: HistoryFiles(history), through: through)
            if let file = grid ?? sweep {
                let values = try RuleChange.values(in: file)
                let search = try await RuleSearch(
                    walks, grid == nil ? RuleChange.oneByOne(values) : RuleChange.combinations(values), years: year,
                    from: from, riseDays: riseDays, threads: tasks.threads)
                if let out { try search.write(to: out) }
                print(output.json ? try JSONText.document(SearchDocument(search)) : search.lines(isGrid: grid != nil))
            } else {
                let walked = try await HistoryWalks(
                    walks, from: from, riseDays: riseDays, disclosure: disclosure ? measures.terms : nil,
                    threads: tasks.threads)
                if let out { try walked.write(to: out) }
                print(output.json ? try JSONText.document(WalkDocument(walked)) : walked.lines(years: year))
            }
        }
    }
}
