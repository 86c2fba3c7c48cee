# mypy: disable-error-code="import-untyped,misc"
"""The forked app, under oscar's own label."""

from oscar.apps.shipping import apps


class ShippingConfig(apps.ShippingConfig):
    """Stands in INSTALLED_APPS in the place of oscar's."""

    name = "selftests.oscar.shipping"
