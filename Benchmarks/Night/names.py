"""Columns that many reports have."""

import numpy as np

from reports import Code, Flag


class Names:
    """Columns that many reports have, over the numbers of a night's inputs."""

    def __init__(self, inputs):
        self.inputs = inputs
        self.members = [row.member for row in inputs.members]
        self.member_of = np.searchsorted(self.members, inputs.accounts.member)

    def account(self, account):
        return [
            Code("member", self.members, self.member_of[account]),
            Code("account", self.inputs.account_codes, account),
        ]

    def owner(self, portfolio):
        return Code("owner", self.inputs.owners, portfolio)

    def commodity(self, commodity):
        return [
            Code("combined_commodity", self.inputs.commodity_codes, commodity),
            Flag("is_synthetic", self.inputs.is_synthetic[commodity]),
        ]

    def currency(self, currency, name="currency"):
        return Code(name, self.inputs.currency_codes, currency)
