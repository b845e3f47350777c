import Attribution
import ClearingModel
import Postgres
import Quantities

/// The night that a run's figures are attributed against.
package struct NightBefore: Sendable {
    /// The run of the business date before.
    package let run: PinnedRun
    /// The run of that date from which members were told its figures; nil where it is that run.
    package let reported: PinnedRun?
}

/// What moved figures since the night before, as a run keeps it (docs/methodology.md §13).
package struct AttributionStore {
    let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The run that a run at the end of the day is attributed against: what it has noted itself, where it is computed
    /// again, else the newest that was opened before it and is published. Nil where there is none.
    package func nightBefore(of run: PinnedRun) throws -> NightBefore? {
        guard let date = run.previousBusinessDate else { return nil }
        let row = try connection.optional(.nightBefore, [run.businessDate.value, .int32(run.number), date.value])
        guard let row else { return nil }
        let calendar = try BusinessCalendar.load(pinnedAt: try row.int64("pinned_load_id"), from: connection)
        let before = PinnedRun(
            id: try row.int64("run_id"), number: try row.int32("run_number"), businessDate: date,
            previousBusinessDate: calendar.previous(before: date), cycle: .endOfDay,
            load: try row.int64("pinned_load_id"), parameterSet: try row.code("parameter_set"))
        let first = try row.int64("first_run_id")
        guard first != before.id, let told = try RunLedger(connection).run(first), let pin = told.pinnedLoad,
            let set = told.parameterSet
        else { return NightBefore(run: before, reported: nil) }
        return NightBefore(
            run: before,
            reported: PinnedRun(
                id: first, number: told.number, businessDate: date, previousBusinessDate: nil, cycle: .endOfDay,
                load: pin, parameterSet: set))
    }

    // MARK: Writing

    /// Notes the night that a run is attributed against, or that there is none.
    package func note(_ before: NightBefore?, of run: PinnedRun, refusal: String? = nil) throws {
        try connection.copyIn(
            """
            copy margin.attribution_night (run_id, business_date_before, run_id_before, run_id_reported, refusal)
                from stdin (format binary)
            """
        ) { writer in
            try writer.row(5)
            writer.int64(run.id)
            if let date = run.previousBusinessDate { writer.date(date.dayNumber) } else { writer.null() }
            writer.int64OrNull(before?.run.id)
            writer.int64OrNull(before?.reported?.id)
            writer.textOrNull(refusal)
        }
    }

    /// Writes what moved the figures; `members` gives every account's. Returns the rows written.
    package func save(
        _ attribution: NightAttribution, members: [AccountCode: MemberCode], currencies: [AccountCode: CurrencyCode],
        run: Int64
    ) throws -> Int64 {
        let kinds = AttributedKind.allCases.map(\.rawValue)
        let effects = kinds.flatMap { ["\($0)_forward", "\($0)_reverse"] }
        let names =
            ["reported_yesterday", "correction", "yesterday"] + kinds + ["today"] + effects
            + ["interaction", "interaction_effect"]
        let rows = try connection.copyIn(
            """
            copy margin.attribution (run_id, account, figure, member, call_currency, reason,
                \(names.joined(separator: ", "))) from stdin (format binary)
            """
        ) { writer in
            for figure in attribution.figures {
                try writer.row(6 + names.count)
                writer.int64(run)
                writer.text(figure.account.text)
                writer.text(figure.figure.rawValue)
                writer.text(members[figure.account]?.text ?? "")
                writer.text(figure.currency.code.description)
                let change = figure.change
                writer.text(AttributionReason(change).rawValue)
                let yesterday = change.yesterday ?? 0
                let amounts =
                    [figure.reported ?? yesterday, figure.correction, yesterday] + change.effects.map(\.effect)
                    + [change.today ?? 0] + change.effects.flatMap { [$0.forward, $0.reverse] }
                for amount in amounts { writer.money(Money(minorUnits: amount, currency: figure.currency)) }
                let largest = change.largestInteraction
                writer.decimalOrNull(
                    largest.map { Money(minorUnits: $0.interaction, currency: figure.currency).amount })
                writer.textOrNull(largest?.kind.rawValue)
            }
            for account in attribution.callCurrencyChanged {
                try writer.row(6 + names.count)
                writer.int64(run)
                writer.text(account.text)
                writer.text(FigureAttributed.requirement.rawValue)
                writer.text(members[account]?.text ?? "")
                writer.text(currencies[account]?.description ?? "")
                writer.text(AttributionReason.callCurrencyChanged.rawValue)
                for _ in names { writer.null() }
            }
        }
        return Int64(rows)
    }

    /// Writes the positions that changed. Returns the rows written.
    package func save(_ positions: [AttributedPosition], run: Int64) throws -> Int64 {
        let rows = try connection.copyIn(
            """
            copy margin.attribution_position (run_id, account, owner, series, long_yesterday, short_yesterday,
                long_today, short_today) from stdin (format binary)
            """
        ) { writer in
            for position in positions {
                try writer.row(8)
                writer.int64(run)
                for text in [position.account.text, position.owner.text, position.series.text] { writer.text(text) }
                for holding in [position.yesterday, position.today] {
                    writer.int64(holding.long)
                    writer.int64(holding.short)
                }
            }
        }
        return Int64(rows)
    }

    /// Writes the series that weigh most. Returns the rows written.
    package func save(_ weights: [AttributedWeight], run: Int64) throws -> Int64 {
        let rows = try connection.copyIn(
            """
            copy margin.attribution_weight (run_id, account, effect, rank, series, quantity, yesterday, today,
                call_currency, weight) from stdin (format binary)
            """
        ) { writer in
            for weight in weights {
                try writer.row(10)
                writer.int64(run)
                writer.text(weight.account.text)
                writer.text(weight.kind.rawValue)
                writer.int16(Int16(weight.rank))
                writer.text(weight.series.text)
                writer.int64(weight.quantity)
                writer.decimal(weight.yesterday)
                writer.decimal(weight.today)
                writer.text(weight.weight.currency.code.description)
                writer.money(weight.weight)
            }
        }
        return Int64(rows)
    }

    /// Keeps the rows of parameter tables that differ between two nights. Returns the rows written.
    package func saveParameters(
        of tables: [String], from before: PinnedRun, to run: PinnedRun
    ) throws -> Int64 {
        let rows = try connection.execute(
            .insertAttributionParameters,
            [.int64(run.id), .textArray(tables)]
                + [before, run].flatMap { night in
                    [.text(night.parameterSet.text), .int64(night.parameterLoad), night.businessDate.value]
                })
        return Int64(rows)
    }
}

extension AttributionReason {
    fileprivate init(_ change: AttributedChange) {
        self = change.yesterday == nil ? .new : change.today == nil ? .gone : .attributed
    }
}
