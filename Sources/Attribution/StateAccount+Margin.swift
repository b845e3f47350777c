import ClearingModel
import Margining
import Scenarios
import Simulation

extension StateAccount {
    /// Margins an account, the risk of simulated groups in its place.
    init(
        of terms: AccountTerms, _ held: ArraySlice<Position>, _ kernel: MarginKernel,
        _ simulations: RiskGroupSimulations?, _ parameters: SimulationParameters, _ scratch: inout KernelScratch
    ) throws {
        let margined = try MarginedAccount(of: terms, held, kernel, simulations, parameters, &scratch)
        requirement = margined.requirement.requirement
        exposures = margined.exposures
        groups = margined.groups
    }
}
