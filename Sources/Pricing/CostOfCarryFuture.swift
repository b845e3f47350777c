/// The price of a cost-of-carry future, S·e^{rT} (methodology §2).
///
/// Spot in price units, any sign; rate continuous a year; time in years. A time at or below 0 gives the spot.
package func costOfCarryFuture(spot: Double, rate: Double, time: Double) -> Double {
    time > 0 ? spot * exponential(rate * time) : spot
}
