import ClearingModel
import Monitoring
import Quantities
import Results
import Runtime
import Storage

/// Looks at a night beside those before it, and keeps what it tells as findings (docs/methodology.md §8.8).
///
/// The end of the day alone is watched. A parameter set without a row of `monitoring` costs one look at it.
struct NightMonitoring {
    private let execution: StageExecution
    private var context: RunContext { execution.context }
    private var database: Database { execution.database }

    init(_ execution: StageExecution) { self.execution = execution }

    /// Reviews the night and writes what it saw and told. Returns whether limits are in force.
    func perform() throws -> Bool {
        guard context.cycle == .endOfDay else { return false }
        let inputs = MonitoringInputStore(database, of: context.pinned)
        guard let terms = try inputs.terms() else {
            // Nothing is told, and what a run before it told is not this one's.
            try keep([])
            return false
        }
        Progress.part("monitoring")
        let base = try baseCurrency()
        let inBase = try conversion(into: base)
        let store = MonitoringStore(database)
        let nights = try store.nights(
            before: context.businessDate, cycle: context.cycle, runNumber: context.number,
            atMost: terms.lookBackNights)
        let review = NightReview(
            of: MonitoredNight(
                terms, house: try inputs.house(terms, inBase: inBase), history: try store.history(nights),
                limits: try inputs.limits(inBase: inBase),
                toldLimits: try nights.first.map(store.toldLimits) ?? [:], touched: try inputs.touchedBounds(),
                parameterMoves: try nights.first.map(inputs.parameterMoves) ?? []))
        try store.save(review, base: base, run: context.run)
        try keep(review.alarms)
        return !review.limits.isEmpty
    }

    /// Keeps what is told as findings after those of the data gates; a rule that the parameter set switches off tells
    /// nothing.
    private func keep(_ alarms: [MonitoringAlarm]) throws {
        let reader = try GateReader(database, of: context.pinned, gates: [])
        var findings: [FindingRow] = []
        for (place, rule) in MonitoringRule.allCases.enumerated() where reader.severities[rule.rawValue] != "off" {
            let first = Int64(DataGate.all.count + place) * DataGate.mostHits
            findings += alarms.filter { $0.rule == rule }.enumerated().map { index, alarm in
                reader.waived(
                    FindingRow(
                        number: first + Int64(index + 1), rule: rule.rawValue, severity: Severity.flag.rawValue,
                        table: alarm.place.table, rowKey: alarm.place.rowKey, source: nil, sourceLine: nil,
                        column: alarm.place.column, value: alarm.value, message: alarm.message))
            }
        }
        try FindingStore(database).save(findings, of: MonitoringRule.allCases.map(\.rawValue), run: context.run)
    }

    private func baseCurrency() throws -> CurrencyCode {
        let code = try StressInputStore(database).baseCurrency(pin: context.pinned.load, context.businessDate)
        guard let code else {
            throw Failure(
                .inputRejected,
                "\(context.title): the house cannot be monitored: house has no row in force with its base currency",
                hint: "load the row, then the night again: margin load house FILE")
        }
        return code
    }

    /// Money in the base currency at the date's rates, without haircut, rounded to its minor unit.
    private func conversion(into base: CurrencyCode) throws -> (ExactDecimal, CurrencyCode) throws -> ExactDecimal {
        let house = try ClearingHouse.load(pinnedAt: context.pinned.load, from: database)
        let currencies = Dictionary(house.currencies.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let rates = ExchangeRates(
            house.currencies, rates: try MarketStore(database, of: context.pinned, scope: .whole).exchangeRates(),
            haircuts: [:])
        let title = context.title
        return { amount, code in
            do {
                guard let currency = currencies[code] else { throw ConversionError.unknownCurrency(code) }
                return try rates.into(base).converted(
                    variationMargin: Money(rounding: amount, currency: currency)
                ).amount
            } catch let error as ConversionError {
                throw Failure(
                    .inputRejected, "\(title): the house cannot be monitored: \(error)",
                    hint: "load the row, then the night again: margin load fx_rate FILE")
            }
        }
    }
}
