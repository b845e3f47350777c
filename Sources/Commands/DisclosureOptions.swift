import ArgumentParser
import Validation

/// Over which windows and horizons a disclosure of procyclicality measures.
package struct DisclosureOptions: ParsableArguments {
    @Option(
        name: .customLong("disclosure-span"),
        help: ArgumentHelp(
            "Days that the disclosure measures over: quarter, all or a number of days; may be repeated.",
            valueName: "span"))
    private var spans: [String] = DisclosureTerms.usualSpans.map(\.description)

    @Option(
        name: .customLong("disclosure-rise"),
        help: ArgumentHelp(
            "Days within which the disclosure looks for a rise; may be repeated.", valueName: "days"))
    private var riseDays: [Int] = Procyclicality.usualDays

    @Option(
        name: .customLong("disclosure-responsiveness"),
        help: ArgumentHelp(
            "Days of realised volatility that the disclosure compares; may be repeated.", valueName: "days"))
    private var responsivenessDays: [Int] = [Procyclicality.usualWindow]

    package init() {}

    package func validate() throws {
        for span in spans where DisclosureSpan(span) == nil {
            throw ValidationError("--disclosure-span \(span) is not quarter, all or 2 and more days")
        }
        for days in riseDays where !(1...250).contains(days) {
            throw ValidationError("--disclosure-rise \(days) is not 1 to 250")
        }
        for days in responsivenessDays where !(2...250).contains(days) {
            throw ValidationError("--disclosure-responsiveness \(days) is not 2 to 250")
        }
    }

    package var terms: DisclosureTerms {
        DisclosureTerms(
            spans: spans.compactMap { DisclosureSpan($0) }, riseDays: riseDays,
            responsivenessDays: responsivenessDays)
    }
}
