/// The next date of a night on which nothing moves (§11.6), in the simplest words: who is gone, what that pays, and the
/// night of what is left.
package struct PlainTomorrow: Sendable {
    /// What is left, on the next date.
    package let night: PlainNight
    /// By account and currency, signed from the account's side: what its expiring options pay or cost.
    package let paid: [String: [String: Rational]]

    /// `parameters` are those in force then.
    package init(of tonight: PlainNight, on next: Int, under parameters: PlainNightParameters) {
        let goes = Set(
            tonight.list.filter { code in
                guard let series = tonight.rest.series[code] else { return false }
                return tonight.day < series.expiryDay && series.expiryDay <= next
            })
        let currencies = Dictionary(uniqueKeysWithValues: tonight.parameters.commodities.map { ($0.code, $0.currency) })
        let decimals = Dictionary(uniqueKeysWithValues: tonight.rest.currencies.map { ($0.code, $0.decimals) })
        var paid: [String: [String: Rational]] = [:]
        for (account, owners) in tonight.held {
            for position in owners.values.flatMap({ $0 }) where goes.contains(position.series) {
                // A future pays price − price; an option margined daily has been paid what it is worth too, all but the
                // step to its intrinsic value.
                guard let series = tonight.rest.series[position.series], let quote = tonight.quotes[position.series],
                    let currency = currencies[series.commodity], series.kind.isOption
                else { continue }
                let inTheMoney =
                    series.kind.isCall ? quote.underlying - series.strike : series.strike - quote.underlying
                let step = max(0, inTheMoney) - (series.kind.isPremiumOption ? 0 : quote.settlement ?? 0)
                let line = Rational(position.long - position.short) * step * series.contractValueFactor
                paid[account, default: [:]][currency, default: 0] += line.rounded(decimals[currency] ?? 0)
            }
        }
        var night = tonight
        night.day = next
        night.parameters = parameters
        for (account, owners) in tonight.held {
            night.held[account] = owners.mapValues { $0.filter { !goes.contains($0.series) } }.filter {
                !$0.value.isEmpty
            }
        }
        // What expires on a closed day before is quoted no more; what expired and is held waits for its final price.
        let held = Set(tonight.held.values.flatMap { $0.values.flatMap { $0 } }.map(\.series))
        night.list = tonight.list.filter { code in
            let expiry = tonight.rest.series[code]?.expiryDay ?? next
            return expiry >= next || (expiry <= tonight.day && held.contains(code))
        }
        self.night = night
        self.paid = paid
    }
}
