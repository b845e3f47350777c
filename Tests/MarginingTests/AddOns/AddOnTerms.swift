import ClearingModel
import Margining
import Quantities

/// The size of a net delta in contracts.
func size(_ contracts: String) -> PositionSize {
    PositionSize(netDelta: Delta(rounding: exact(contracts)))
}
