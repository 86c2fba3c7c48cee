"""What a consumer meets, one file a page; `Pages` names the class for each place, so that a platform can put its own there."""

from gongping.pages import layers as layers
from gongping.pages.account import Account
from gongping.pages.cart import Cart
from gongping.pages.checkout import Checkout
from gongping.pages.deregister import Deregister
from gongping.pages.documents import Documents
from gongping.pages.home import Home
from gongping.pages.leaving import Leaving
from gongping.pages.login import Login
from gongping.pages.product import Product
from gongping.pages.register import Register
from gongping.pages.results import Results


class Pages:
    """The page classes of a platform. Subclass it, override what is odd, name it in targets.yaml (`pages: module:Class`)."""

    Home = Home
    Results = Results
    Product = Product
    Cart = Cart
    Checkout = Checkout
    Login = Login
    Register = Register
    Documents = Documents
    Account = Account
    Deregister = Deregister
    Leaving = Leaving
