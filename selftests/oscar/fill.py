# mypy: disable-error-code="import-untyped"
"""Fills an empty database: countries, catalogue, flat pages, accounts, one past order. Needs a set-up Django."""

import tomllib
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import phonenumbers
from babel import Locale
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from oscar.core.loading import get_class, get_model

from selftests.oscar.accounts import ACCOUNTS, HAS_BOUGHT, PASSWORD, WITHOUT_ADDRESS
from selftests.oscar.pictures import picture

CATALOGUE = Path(__file__).with_name("catalogue.toml")
CURRENCY = "GBP"
ADDRESS = {"line1": "12 Mill Lane", "line4": "York", "postcode": "YO1 7HH"}
REVIEWS = {
    5: ("Excellent", "Does exactly what the page says. I would buy it again."),
    4: ("Good", "Well made and arrived on time, with one small scratch."),
    3: ("All right", "It works, but I expected a little more for the price."),
    2: ("Not for me", "I sent mine back. The refund took a week."),
    1: ("Poor", "Broke on the second day."),
}
FLAT_PAGES = {
    "/about/": ("About us", "We are a small general store. The shop runs on django-oscar."),
    "/terms/": ("Terms and conditions", "An order is accepted when it is dispatched. Prices include all taxes."),
    "/privacy/": ("Privacy policy", "We keep name, address and order history to deliver what was ordered."),
}


def fill() -> None:
    """Make the tables and fill them; the search index is built once at the end."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    # Each saved product would open, write and merge the index.
    apps.get_app_config("haystack").signal_processor.teardown()
    _countries()
    _flat_pages()
    _catalogue()
    _accounts()
    call_command("rebuild_index", interactive=False, verbosity=0)


def _countries() -> None:
    names = Locale("en").territories
    country = get_model("address", "Country")
    country.objects.bulk_create(
        country(iso_3166_1_a2=code, printable_name=names[code], name=names[code], is_shipping_country=True)
        for code in sorted(phonenumbers.SUPPORTED_REGIONS)
        if code in names
    )


def _flat_pages() -> None:
    site = Site.objects.get()
    for url, (title, text) in FLAT_PAGES.items():
        FlatPage.objects.create(url=url, title=title, content=f"<p>{text}</p>").sites.add(site)


def _catalogue() -> None:
    category_model = get_model("catalogue", "Category")
    product_class_model = get_model("catalogue", "ProductClass")
    partner = get_model("partner", "Partner").objects.create(name="Oscar")
    number = 0
    for group in tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["category"]:
        category = category_model.add_root(name=group["name"], description=f"<p>{group['description']}</p>")
        product_class, _ = product_class_model.objects.get_or_create(name=group["product_class"])
        for entry in group["products"]:
            number += 1
            product = _product(number, entry, product_class, partner)
            product.categories.add(category)
            # Oscar files pictures under the month of the upload; the name alone tells them apart.
            png = ContentFile(picture(group["picture"], number), name=f"{product.slug}.png")
            product.images.create(original=png, caption=product.title)


def _product(number: int, entry: dict[str, Any], product_class: Any, partner: Any) -> Any:
    """The product with what is sold of it (itself, or a child for each size) and its reviews."""
    product_model = get_model("catalogue", "Product")
    sizes: list[str] = entry.get("sizes", [])
    product = product_model.objects.create(
        structure=product_model.PARENT if sizes else product_model.STANDALONE,
        upc=f"GP-{number:04}",
        title=entry["title"],
        description=f"<p>{entry['text']}</p>",
        product_class=product_class,
    )
    sold = [
        product_model.objects.create(
            structure=product_model.CHILD, parent=product, upc=f"{product.upc}-{size}", title=f"{product.title}, {size}"
        )
        for size in sizes
    ] or [product]
    for item in sold:
        item.stockrecords.create(
            partner=partner,
            partner_sku=item.upc,
            price_currency=CURRENCY,
            price=Decimal(entry["price"]),
            num_in_stock=entry["stock"],
        )
    for position, score in enumerate(entry.get("scores", [])):
        title, body = REVIEWS[score]
        product.reviews.create(score=score, title=title, body=body, name=f"Reader {number}-{position + 1}", status=1)
    # "Newest" must have something to sort by: one day apart, so that it is not the order of the catalogue's prices.
    product_model.objects.filter(pk=product.pk).update(date_created=timezone.now() - timedelta(days=number))
    return product


def _accounts() -> None:
    for email in ACCOUNTS:
        name = email.partition("@")[0].split("_")[0].capitalize()
        user = get_user_model().objects.create_user(
            username=email.partition("@")[0], email=email, password=PASSWORD, first_name=name, last_name="Example"
        )
        if email not in WITHOUT_ADDRESS:
            get_model("address", "UserAddress").objects.create(
                user=user,
                first_name=name,
                last_name="Example",
                country_id="GB",
                is_default_for_shipping=True,
                is_default_for_billing=True,
                **ADDRESS,
            )
        if email in HAS_BOUGHT:
            _order(user)


def _order(user: Any) -> None:
    """One placed order of two products, ten days old, through oscar's own order creator."""
    product_model = get_model("catalogue", "Product")
    basket = get_model("basket", "Basket").objects.create(owner=user)
    basket.strategy = get_class("partner.strategy", "Selector")().strategy(user=user)
    for title in ("House espresso coffee beans 1 kg", "Ceramic coffee dripper"):
        basket.add_product(product_model.objects.get(title=title))
    shipping = get_class("shipping.repository", "Repository")().get_default_shipping_method(basket)
    charge = shipping.calculate(basket)
    address = get_model("order", "ShippingAddress").objects.create(
        first_name=user.first_name, last_name=user.last_name, country_id="GB", **ADDRESS
    )
    order = get_class("order.utils", "OrderCreator")().place_order(
        basket=basket,
        total=get_class("checkout.calculators", "OrderTotalCalculator")().calculate(basket, charge),
        shipping_method=shipping,
        shipping_charge=charge,
        user=user,
        shipping_address=address,
    )
    basket.submit()
    order.set_status("Being processed")
    order.set_status("Complete")
    type(order).objects.filter(pk=order.pk).update(date_placed=timezone.now() - timedelta(days=10))
