import ClearingModel

/// A series of which an account holds another quantity than the night before (docs/methodology.md §13.4).
package struct AttributedPosition: Hashable, Sendable {
    /// Contracts held on one night, both 0 or more.
    package struct Holding: Hashable, Sendable {
        package fileprivate(set) var long: Int64 = 0
        package fileprivate(set) var short: Int64 = 0
    }

    package let account: AccountCode
    /// Empty where the account is not segregated.
    package let owner: OwnerCode
    package let series: SeriesCode
    package let yesterday: Holding
    package let today: Holding
}

extension CrossedNights {
    /// The positions that changed, by account, owner and series in the order of their codes. What has expired counts as
    /// given up, what is listed anew as taken.
    ///
    /// Cost: linear in the positions of both nights, and each account's sorted.
    package func changedPositions() -> [AttributedPosition] {
        accounts.indices.flatMap { index -> [AttributedPosition] in
            struct Key: Hashable {
                let owner: Int32
                let series: Int32
            }
            var held: [Key: (yesterday: AttributedPosition.Holding, today: AttributedPosition.Holding)] = [:]
            for position in yesterday.positions.positions(ofAccount: index) {
                held[Key(owner: position.owner, series: position.series), default: (.init(), .init())]
                    .yesterday.add(position)
            }
            for position in today.positions.positions(ofAccount: index) {
                held[Key(owner: position.owner, series: position.series), default: (.init(), .init())]
                    .today.add(position)
            }
            let account = accounts[index]
            let owners = today.house.owners[account] ?? [.none]
            return held.filter { $0.value.yesterday != $0.value.today }
                .sorted { ($0.key.owner, $0.key.series) < ($1.key.owner, $1.key.series) }
                .map { key, held in
                    AttributedPosition(
                        account: account, owner: owners[Int(key.owner)],
                        series: today.house.series[Int(key.series)].code, yesterday: held.yesterday,
                        today: held.today)
                }
        }
    }
}

extension AttributedPosition.Holding {
    fileprivate mutating func add(_ position: Position) {
        long += position.long
        short += position.short
    }
}
