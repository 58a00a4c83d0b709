"""Public addresses of figures; the pages of reports themselves are Wagtail's."""

from django.urls import path

from portal.insight.open_data import views

urlpatterns = [
    path("open-data/", views.open_data, name="open_data"),
    path("open-data/<slug:name>.csv", views.csv_file, name="open_data_csv"),
    path("open-data/<slug:name>.csv-metadata.json", views.metadata, name="open_data_metadata"),
    path("reports/<slug:slug>/chart-<slug:name>.svg", views.chart, name="report_chart"),
    path("reports/<slug:slug>/report.pdf", views.report_pdf, name="report_pdf"),
]
