import Foundation
import TestSupport

/// The two-day house with a stress test: four members in three groups, a fund, two scenarios, a second round, and
/// histories of risk factors, all made up.
extension EditedHouse {
    /// Days of the histories, and the levels of crude oil on them.
    static let levels: [(day: String, oil: String)] = [
        ("2018-11-01", "72"), ("2018-11-02", "60"), ("2018-11-05", "66"), ("2018-11-06", "63"), ("2018-11-07", "50"),
        ("2018-11-08", "55"), ("2018-11-09", "54"),
    ]

    func addStress() throws {
        try append("clearing_member", "GAMMA,Gamma Trading,GAMMA-GROUP", "DELTA,Delta Brokers,ALPHA-GROUP")
        try append("account", "GAMMA-HOUSE,GAMMA,house,net,HOUSE,USD", "DELTA-HOUSE,DELTA,house,net,HOUSE,EUR")
        for day in ["2018-12-28", "2018-12-31"] {
            try append("position", "\(day),GAMMA-HOUSE,,CL-2019-03,0,30", "\(day),DELTA-HOUSE,,CL-2019-03,30,0")
        }
        try write(
            "liquidity", "business_date,combined_commodity,average_daily_volume,open_interest,daily_volatility\n")
        for day in ["2018-12-28", "2018-12-31"] {
            try append("liquidity", "\(day),CRUDE,20,1000,1.5", "\(day),GAS,50,2000,0.1")
        }
        try write("house", "effective_from,base_currency\n2018-01-01,USD\n")
        try write("guaranty_fund", "effective_from,amount,currency\n2018-01-01,300000,USD\n")
        try addTable(
            "guaranty_fund_contribution", "effective_from,member,amount,currency", "2018-01-01,ALPHA,50000,USD",
            "2018-01-01,BETA,60000,USD", "2018-01-01,GAMMA,40000,USD", "2018-01-01,DELTA,20000,EUR")
        try addTable(
            "liquidity_resource", "effective_from,member,amount,currency", "2018-01-01,ALPHA,10000,USD",
            "2018-01-01,BETA,900000,USD", "2018-01-01,GAMMA,100000,USD", "2018-01-01,DELTA,0,USD")
        try addTable(
            "stress_set",
            "parameter_set,stress_set,horizon_days,house_surplus_covers_clients,round_cap,close_out_days",
            "P2018,STRESS,1,true,5,2")
        try addTable(
            "stress_scenario", "parameter_set,number,scenario,kind", "P2018,1,fall,parallel", "P2018,2,rise,parallel")
        try addTable(
            "stress_move", "parameter_set,number,move,combined_commodity,price_kind,price_move,volatility_move",
            "P2018,1,1,CRUDE,relative,-0.25,0.5", "P2018,1,2,,relative,-0.10,0", "P2018,2,1,CRUDE,relative,0.20,0.2",
            "P2018,2,2,,relative,0.30,0")
        try addTable(
            "close_out_impact", "parameter_set,combined_commodity,impact_coefficient", "P2018,CRUDE,0.7",
            "P2018,GAS,0.7")
        try addHistories()
    }

    private func addHistories() throws {
        try addTable(
            "risk_factor", "parameter_set,risk_factor,return_kind,lower_clamp,upper_clamp", "P2018,OIL,log,0.5,2",
            "P2018,OIL-VOL,log,0.5,2", "P2018,METHANE,log,0.5,2")
        try addTable(
            "risk_factor_mapping", "parameter_set,combined_commodity,price_factor,volatility_factor",
            "P2018,CRUDE,OIL,OIL-VOL", "P2018,GAS,METHANE,")
        try addTable("risk_factor_level", "risk_factor,level_date,level")
        for (day, oil) in Self.levels {
            try append("risk_factor_level", "OIL,\(day),\(oil)", "OIL-VOL,\(day),0.40", "METHANE,\(day),3.0")
        }
        try append("risk_factor_level", "NEGATIVE,2018-11-01,18.27", "NEGATIVE,2018-11-02,-37.63")
    }

    private func addTable(_ table: String, _ lines: String...) throws {
        try write(table, lines.map { $0 + "\n" }.joined())
    }
}
